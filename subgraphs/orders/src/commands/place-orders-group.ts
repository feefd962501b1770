import {
  appendFacts,
  commandTransaction,
  type Database,
  type FactOfType,
  maxFactBytes,
  type Tx,
} from '@holdfast/messaging';
import { invalidInput, type Problem } from '@holdfast/service';
import { decide, newOrder, type OrderRejection } from '../domain/order.ts';
import type { OrderDraft, PlacedOrder } from '../domain/placing.ts';
import { moneyView, placedOrderView, readOrders, type OrderView } from '../queries/order-view.ts';
import { readPrices } from '../store/catalogue.ts';
import { claimKeys, findKeys, type StoredKey } from '../store/idempotency-keys.ts';
import { insertOrders } from '../store/orders.ts';

/** A valid draft, with all that makes writing it repeatable: its ids and its instant are fixed before it is written. */
export interface PlaceOrder {
  readonly orderId: string;
  readonly eventId: string;
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly placedAt: Date;
  readonly key: string;
  readonly contentHash: Buffer;
  readonly draft: OrderDraft;
}

export type PlaceOrderResult =
  { readonly order: OrderView; readonly isNew: boolean } | { readonly problems: readonly Problem[] };

/**
 * Places a group of orders in one transaction, and gives each command's result. A command whose key is stored already, also
 * by a neighbour in the group, gets that order, or a problem when the content differs. Rejects, and writes nothing, when one
 * of them cannot be written. Safe to repeat: an order that was committed is found again by its key.
 */
export function writePlaceOrders(
  database: Database,
  currencyCode: string,
  group: readonly PlaceOrder[],
): Promise<readonly PlaceOrderResult[]> {
  return commandTransaction(database, async (tx) => {
    const decisions = await decideAll(tx, currencyCode, group);
    const claimed = await claimKeys(
      tx,
      firstOfEachKey(group.filter((_, index) => 'order' in decisions[index]!)),
    );
    const placed = group.flatMap((command, index) => {
      const decision = decisions[index]!;
      return claimed.has(command.orderId) && 'order' in decision ? [{ command, order: decision.order }] : [];
    });
    const known = await findOthers(
      tx,
      group.filter(({ orderId }) => !claimed.has(orderId)),
      placed,
    );
    await insertOrders(
      tx,
      placed.map(({ command, order }) => ({ id: command.orderId, placedAt: command.placedAt, order })),
    );
    await appendFacts(
      tx,
      placed.map(({ command, order }) => orderPlaced(command, order)),
    );
    return group.map((command, index) => resultOf(command, decisions[index]!, claimed, known));
  });
}

type PlaceDecision = { readonly order: PlacedOrder } | { readonly problems: readonly Problem[] };

/** Prices all drafts from one reading of the catalogue. */
async function decideAll(
  tx: Tx,
  currencyCode: string,
  group: readonly PlaceOrder[],
): Promise<readonly PlaceDecision[]> {
  const skus = group.flatMap(({ draft }) => draft.lines.map(({ sku }) => sku));
  const prices = { currencyCode, unitPriceMinor: await readPrices(tx, skus, currencyCode) };
  return group.map((command) => {
    const decision = decide({ type: 'Place', draft: command.draft, prices }, newOrder);
    if ('rejected' in decision) return { problems: problemsOf(decision.rejected) };
    const [event] = decision.accepted;
    if (event?.type !== 'OrderPlaced') throw new Error('A new order was decided not to be placed');
    if (isTooLarge(command, event.order))
      return { problems: [invalidInput('The SKUs of the lines are too long altogether', ['lines'])] };
    return { order: event.order };
  });
}

/** An order of up to 350 lines always fits into a fact: 200 characters of up to 3 bytes each, and some 40 bytes a line. */
const isTooLarge = (command: PlaceOrder, order: PlacedOrder): boolean =>
  order.lines.length > 350 &&
  Buffer.byteLength(JSON.stringify(orderPlaced(command, order).data)) > maxFactBytes;

function problemsOf(rejection: OrderRejection): readonly Problem[] {
  switch (rejection.code) {
    case 'UNKNOWN_SKU':
      return rejection.lines.map(({ sku, position }) => ({
        code: 'UNKNOWN_SKU',
        message: `No product with the SKU "${sku}" is known`,
        path: ['lines', String(position), 'sku'],
      }));
    case 'PRICE_CHANGED': {
      const { amount, currencyCode } = moneyView(rejection.total.amountMinor, rejection.total.currencyCode);
      const message = `The total would be ${amount} ${currencyCode}; nothing was placed`;
      return [{ code: 'PRICE_CHANGED', message, path: ['expectedTotal'] }];
    }
    case 'TOTAL_TOO_LARGE':
      return [invalidInput('The total of the order is too large', ['lines'])];
    case 'NOT_CANCELLABLE':
    case 'NOT_SHIPPABLE':
    case 'NOT_CONFIRMED':
    case 'NOT_DELIVERABLE':
    case 'RELEASED_AFTER_SHIPPING':
      throw new Error(`A new order was refused with ${rejection.code}`);
  }
}

function firstOfEachKey(commands: readonly PlaceOrder[]): readonly StoredKey[] {
  const byKey = new Map<string, StoredKey>();
  for (const { key, contentHash, orderId, draft } of commands) {
    const name = nameOf(draft.customerId, key);
    if (!byKey.has(name)) byKey.set(name, { customerId: draft.customerId, key, contentHash, orderId });
  }
  return [...byKey.values()];
}

const nameOf = (customerId: string, key: string): string => JSON.stringify([customerId, key]);

interface KnownOrders {
  readonly keyByName: ReadonlyMap<string, StoredKey>;
  readonly orderById: ReadonlyMap<string, OrderView>;
}

/** What is stored under the keys of those commands that were not placed now: by earlier commands, or by neighbours. */
async function findOthers(
  tx: Tx,
  others: readonly PlaceOrder[],
  placed: readonly { readonly command: PlaceOrder; readonly order: PlacedOrder }[],
): Promise<KnownOrders> {
  const keys = await findKeys(
    tx,
    others.map(({ key, draft }) => ({ key, customerId: draft.customerId })),
  );
  const orderById = new Map(
    placed.map(({ command, order }) => [
      command.orderId,
      placedOrderView(command.orderId, command.placedAt, order),
    ]),
  );
  const elsewhere = keys.map(({ orderId }) => orderId).filter((id) => !orderById.has(id));
  for (const [id, order] of await readOrders(tx, elsewhere)) orderById.set(id, order);
  return { keyByName: new Map(keys.map((key) => [nameOf(key.customerId, key.key), key])), orderById };
}

function resultOf(
  command: PlaceOrder,
  decision: PlaceDecision,
  claimed: ReadonlySet<string>,
  { keyByName, orderById }: KnownOrders,
): PlaceOrderResult {
  const stored = keyByName.get(nameOf(command.draft.customerId, command.key));
  if (stored === undefined && 'problems' in decision) return decision;
  if (stored !== undefined && !stored.contentHash.equals(command.contentHash))
    return {
      problems: [
        {
          code: 'IDEMPOTENCY_KEY_REUSED',
          message: 'This idempotencyKey was used before, for an order with other content',
          path: ['idempotencyKey'],
        },
      ],
    };
  const order = orderById.get(stored?.orderId ?? command.orderId);
  if (order === undefined) throw new Error(`The order of a stored key is missing: ${stored?.orderId}`);
  return { order, isNew: claimed.has(command.orderId) };
}

/** The fact that an order was placed; inventory gets everything it needs to tie stock to it. */
function orderPlaced(command: PlaceOrder, order: PlacedOrder): FactOfType<'OrderPlaced'> {
  const { country, latitude, longitude } = order.destination;
  return {
    eventId: command.eventId,
    type: 'OrderPlaced',
    occurredAt: command.placedAt,
    correlationId: command.correlationId,
    causationId: null,
    traceparent: command.traceparent,
    data: {
      orderId: command.orderId,
      version: 1,
      from: null,
      to: 'PENDING',
      customerId: order.customerId,
      reference: order.reference,
      destination: { country, latitude, longitude },
      total: moneyView(order.total.amountMinor, order.total.currencyCode),
      lines: order.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    },
  };
}
