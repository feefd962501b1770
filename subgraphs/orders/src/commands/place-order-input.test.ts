import { describe, expect, it } from '@jest/globals';
import { loadPlaces } from '../places/places.ts';
import { parsePlaceOrder, type PlaceOrderInput } from './place-order-input.ts';

const places = loadPlaces();
const ada = { customerId: 'ada', isOperator: false };

const anInput = (changes: Partial<PlaceOrderInput> = {}): PlaceOrderInput => ({
  idempotencyKey: 'k',
  destination: { country: 'GB' },
  lines: [{ sku: 'A', quantity: 1 }],
  ...changes,
});
const parse = (changes: Partial<PlaceOrderInput>, viewer = ada) =>
  parsePlaceOrder(anInput(changes), viewer, places);
const problemsOf = (changes: Partial<PlaceOrderInput>, viewer = ada) => {
  const parsed = parse(changes, viewer);
  return 'problems' in parsed ? parsed.problems.map(({ code, path }) => [code, path?.join('.')]) : [];
};
const to = (destination: Partial<PlaceOrderInput['destination']>) => ({
  destination: { country: 'GB', ...destination },
});
const linesOf = (...quantities: readonly number[]) => ({
  lines: quantities.map((quantity) => ({ sku: 'A', quantity })),
});
const draftOf = (changes: Partial<PlaceOrderInput>) => {
  const parsed = parse(changes);
  if ('problems' in parsed) throw new Error(parsed.problems[0]?.message ?? '');
  return parsed;
};

describe('The input of placeOrder', () => {
  it.each<[string, Partial<PlaceOrderInput>, string]>([
    ['an empty key', { idempotencyKey: '' }, 'idempotencyKey'],
    ['a key of 201 characters', { idempotencyKey: 'k'.repeat(201) }, 'idempotencyKey'],
    ['a key with a control character', { idempotencyKey: 'a\u0000b' }, 'idempotencyKey'],
    ['half a surrogate pair', { idempotencyKey: '\ud83d' }, 'idempotencyKey'],
    ['a line break in the reference', { reference: 'a\nb' }, 'reference'],
    ['a reference of 201 characters', { reference: 'r'.repeat(201) }, 'reference'],
    ['an empty customer', { customerId: '' }, 'customerId'],
    ['no lines', { lines: [] }, 'lines'],
    ['2,001 lines', linesOf(...Array.from({ length: 2_001 }, () => 1)), 'lines'],
    ['an empty SKU', { lines: [{ sku: '', quantity: 1 }] }, 'lines.0.sku'],
    ['quantity 0', linesOf(1, 0), 'lines.1.quantity'],
    ['a negative quantity', linesOf(-1), 'lines.0.quantity'],
    ['a huge quantity', linesOf(1_000_001), 'lines.0.quantity'],
    ['a huge sum of one SKU', linesOf(600_000, 400_000, 1), 'lines.2.quantity'],
    ['an unknown country', to({ country: 'XX' }), 'destination.country'],
    ['a country in lower case', to({ country: 'gb' }), 'destination.country'],
    ['a city that does not exist', to({ city: 'Atlantis' }), 'destination.city'],
    ['a city of another country', to({ country: 'FR', city: 'Leicester' }), 'destination.city'],
    ['latitude 91', to({ latitude: 91, longitude: 0 }), 'destination.latitude'],
    ['longitude -181', to({ latitude: 0, longitude: -181 }), 'destination.longitude'],
    ['latitude without longitude', to({ latitude: 51 }), 'destination.longitude'],
    ['longitude without latitude', to({ longitude: 0 }), 'destination.latitude'],
    [
      'a sum with three digits of pennies',
      { expectedTotal: { amount: '1.234', currencyCode: 'GBP' } },
      'expectedTotal.amount',
    ],
    [
      'a currency that is none',
      { expectedTotal: { amount: '1.00', currencyCode: 'pounds' } },
      'expectedTotal.currencyCode',
    ],
  ])('refuses %s', (_name, changes, path) => {
    expect(
      problemsOf(changes, path === 'customerId' ? { customerId: 'root', isOperator: true } : ada),
    ).toEqual([['INVALID_INPUT', path]]);
  });

  it('names everything that is wrong at once', () => {
    expect(problemsOf({ idempotencyKey: '', ...to({ country: 'XX' }), ...linesOf(0, -1) })).toEqual([
      ['INVALID_INPUT', 'idempotencyKey'],
      ['INVALID_INPUT', 'destination.country'],
      ['INVALID_INPUT', 'lines.0.quantity'],
      ['INVALID_INPUT', 'lines.1.quantity'],
    ]);
  });

  it('names another customer only when an operator sends it', () => {
    expect(problemsOf({ customerId: 'bob' })).toEqual([['INVALID_INPUT', 'customerId']]);
    expect(problemsOf({ customerId: 'ada' })).toEqual([]);
    expect(problemsOf({ customerId: 'bob' }, { customerId: 'root', isOperator: true })).toEqual([]);
  });

  it('keeps texts as they are, at their longest too', () => {
    const key = ' '.repeat(200);
    expect(draftOf({ idempotencyKey: key, reference: ' R ' })).toMatchObject({
      key,
      draft: { reference: ' R ' },
    });
  });

  it('sums the lines of one SKU and keeps the order in which SKUs came', () => {
    const lines = [
      { sku: 'B', quantity: 1 },
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 3 },
    ];
    expect(draftOf({ lines }).draft.lines).toEqual([
      { sku: 'B', quantity: 4, position: 0 },
      { sku: 'A', quantity: 2, position: 1 },
    ]);
  });
});

describe('The content that a key stands for', () => {
  const hashOf = (changes: Partial<PlaceOrderInput>) => draftOf(changes).contentHash.toString('hex');

  it('is the same for lines split or in another order, and whatever total was expected', () => {
    const split = [
      { sku: 'B', quantity: 1 },
      { sku: 'A', quantity: 1 },
      { sku: 'A', quantity: 1 },
    ];
    const summed = [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ];
    expect(hashOf({ lines: split })).toBe(hashOf({ lines: summed }));
    expect(hashOf({ expectedTotal: { amount: '1.00', currencyCode: 'GBP' } })).toBe(hashOf({}));
    expect(hashOf({ reference: null })).toBe(hashOf({}));
  });

  it('differs with quantity, reference and destination', () => {
    const all = [{}, linesOf(2), { reference: 'R' }, to({ city: 'London' }), to({ postalCode: 'LE1' })];
    expect(new Set(all.map(hashOf)).size).toBe(all.length);
  });
});
