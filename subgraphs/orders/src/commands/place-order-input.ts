import { createHash } from 'node:crypto';
import {
  invalidInput,
  minorDigits,
  textProblem,
  toMinorUnits,
  type Problem,
  type Viewer,
} from '@holdfast/service';
import type { DraftLine, Money, OrderDraft } from '../domain/placing.ts';
import { findDestination, type DestinationInput } from '../places/find-destination.ts';
import type { Places } from '../places/places.ts';

type Optional<Value> = Value | null | undefined;

/** What a client sends to place an order. */
export interface PlaceOrderInput {
  readonly idempotencyKey: string;
  readonly customerId?: Optional<string>;
  readonly reference?: Optional<string>;
  readonly destination: DestinationInput;
  readonly expectedTotal?: Optional<{ readonly amount: string; readonly currencyCode: string }>;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface ParsedPlaceOrder {
  readonly key: string;
  /** SHA-256 of the input as sent, its lines summed and sorted, without prices. */
  readonly contentHash: Buffer;
  readonly draft: OrderDraft;
}

const maxLines = 2_000;
const maxQuantity = 1_000_000;

/** Reads a client's input: a draft that is valid in itself, or everything that is wrong with it. */
export function parsePlaceOrder(
  input: PlaceOrderInput,
  viewer: Viewer,
  places: Places,
): ParsedPlaceOrder | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const note = (problem: Problem | null) => problem !== null && problems.push(problem);
  const customerId = input.customerId ?? viewer.customerId;
  const reference = input.reference ?? null;

  note(textProblem(input.idempotencyKey, ['idempotencyKey'], { min: 1 }));
  note(textProblem(customerId, ['customerId'], { min: 1 }));
  if (customerId !== viewer.customerId && !viewer.isOperator)
    note(invalidInput('Only an operator may place an order for another customer', ['customerId']));
  if (reference !== null) note(textProblem(reference, ['reference']));
  const found = findDestination(places, input.destination);
  if ('problems' in found)
    found.problems.forEach((problem) => note({ ...problem, path: ['destination', ...(problem.path ?? [])] }));
  const expectedTotal = parseExpectedTotal(input.expectedTotal ?? null, note);
  const lines = parseLines(input.lines, note);

  if ('problems' in found || problems.length > 0) return { problems };
  return {
    key: input.idempotencyKey,
    contentHash: hashContent(input, lines),
    draft: { customerId, reference, destination: found, expectedTotal, lines },
  };
}

type Note = (problem: Problem) => void;

function parseExpectedTotal(
  total: { readonly amount: string; readonly currencyCode: string } | null,
  note: Note,
): Money | null {
  if (total === null) return null;
  const { amount, currencyCode } = total;
  if (!/^[A-Z]{3}$/.test(currencyCode)) {
    note(invalidInput('currencyCode is no ISO 4217 code, such as GBP', ['expectedTotal', 'currencyCode']));
    return null;
  }
  const amountMinor = toMinorUnits(amount, currencyCode);
  if (amountMinor === null) {
    const digits = minorDigits(currencyCode);
    note(
      invalidInput(`amount is no sum in ${currencyCode}: at most ${digits} digits after the point`, [
        'expectedTotal',
        'amount',
      ]),
    );
    return null;
  }
  return { amountMinor, currencyCode };
}

/** Sums the lines of one SKU, in the order in which the SKUs were named first. */
function parseLines(lines: PlaceOrderInput['lines'], note: Note): readonly DraftLine[] {
  if (lines.length < 1 || lines.length > maxLines) {
    note(invalidInput(`The order has ${lines.length} lines; allowed: 1 to ${maxLines}`, ['lines']));
    return [];
  }
  const bySku = new Map<string, DraftLine>();
  lines.forEach(({ sku, quantity }, index) => {
    const skuProblem = textProblem(sku, ['lines', index, 'sku'], { min: 1 });
    if (skuProblem !== null) note(skuProblem);
    if (quantity < 1 || quantity > maxQuantity) {
      note(
        invalidInput(`quantity is ${quantity}; allowed: 1 to ${maxQuantity}`, ['lines', index, 'quantity']),
      );
      return;
    }
    const first = bySku.get(sku);
    const summed = (first?.quantity ?? 0) + quantity;
    if (summed > maxQuantity && (first?.quantity ?? 0) <= maxQuantity)
      note(
        invalidInput(`All lines of this SKU together ask for more than ${maxQuantity} units`, [
          'lines',
          index,
          'quantity',
        ]),
      );
    bySku.set(sku, { sku, quantity: summed, position: first?.position ?? index });
  });
  return [...bySku.values()];
}

function hashContent(input: PlaceOrderInput, lines: readonly DraftLine[]): Buffer {
  const { country, city, postalCode, latitude, longitude } = input.destination;
  const content = [
    input.reference ?? null,
    [country, city ?? null, postalCode ?? null, latitude ?? null, longitude ?? null],
    lines
      .map(({ sku, quantity }) => [sku, quantity] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest();
}
