import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { handleOrderFacts } from '../consumers/order-facts.ts';
import {
  anOrderPlaced,
  deliver,
  emptyTables,
  readBooks,
  seedStock,
  startTestInventory,
  unbalancedLevels,
  type TestInventory,
} from '../testing.ts';
import { changeStock, type StockChange, type StockLine } from './change-stock.ts';

let inventory: TestInventory;

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());
beforeEach(async () => {
  await emptyTables(inventory.database);
  await seedStock(inventory.database, [
    { sku: 'A', facilityId: 'f1', onHand: 5 },
    { sku: 'B', facilityId: 'f2', onHand: 5 },
  ]);
});

const aLine = (given: Partial<StockLine> = {}): StockLine => ({
  sku: 'A',
  facilityId: 'f1',
  zone: 'PRIMARY',
  quantity: 3,
  ...given,
});
const aChange = (given: Partial<StockChange> = {}): StockChange => ({
  kind: 'RECEIVED',
  idempotencyKey: 'key',
  reason: 'purchase',
  lines: [aLine()],
  ...given,
});
const change = (given: Partial<StockChange> = {}) => changeStock(inventory.database, aChange(given));
const snapshot = async () => {
  const { levels } = await readBooks(inventory.database);
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from stock_movement union all
    select count(*)::integer from stock_command`.execute(inventory.database.read);
  return { levels, counts: rows };
};

describe('receiving stock', () => {
  it('adds units, makes levels that were not there, and answers with the levels after it', async () => {
    const result = await change({ lines: [aLine(), aLine({ zone: 'BACK', quantity: 7 }), aLine()] });
    expect(result).toEqual({
      changed: 2,
      problems: [],
      levels: [
        { sku: 'A', facilityId: 'f1', zone: 'PRIMARY', onHand: 11, reserved: 0, version: 3 },
        { sku: 'A', facilityId: 'f1', zone: 'BACK', onHand: 7, reserved: 0, version: 1 },
      ],
    });
    expect(await unbalancedLevels(inventory.database)).toEqual([]);
  });

  it('adds nothing the second time, and answers as the first, also after the levels went on', async () => {
    const first = await change();
    await change({ idempotencyKey: 'another' });
    expect(await change()).toEqual(first);
    const { levels } = await readBooks(inventory.database);
    expect(levels[0]).toMatchObject({ onHand: 11, version: 3 });
  });

  it('is a repeat whatever the order of its lines, but not with another line, reason or kind', async () => {
    const lines = [aLine(), aLine({ sku: 'B', facilityId: 'f2' })];
    const first = await change({ lines });
    expect(await change({ lines: lines.toReversed() })).toEqual(first);
    const before = await snapshot();
    for (const other of [
      { lines: [...lines, aLine()] },
      { lines, reason: 'return' },
      { lines, kind: 'ADJUSTED' as const },
    ]) {
      const { changed, problems } = await change(other);
      expect({ changed, code: problems[0]?.code }).toEqual({ changed: 0, code: 'IDEMPOTENCY_KEY_REUSED' });
    }
    expect(await snapshot()).toEqual(before);
  });

  it('adds once when the same key comes many times at once', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => change()));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    const { levels } = await readBooks(inventory.database);
    expect(levels[0]).toMatchObject({ onHand: 8, version: 2 });
  });

  it('goes through with others that want the same new levels in opposite order', async () => {
    await emptyTables(inventory.database);
    const skus = Array.from({ length: 1_500 }, (_, index) => `S${index}`);
    await seedStock(
      inventory.database,
      skus.map((sku) => ({ sku, facilityId: 'f1', onHand: 0 })),
    );
    const lines = skus.map((sku) => aLine({ sku, zone: 'BACK' }));
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        change({ idempotencyKey: `k${index}`, lines: index % 2 ? lines : lines.toReversed() }),
      ),
    );
    expect(results.map(({ changed }) => changed)).toEqual([1_500, 1_500, 1_500, 1_500, 1_500, 1_500]);
    const { levels } = await readBooks(inventory.database);
    expect(levels.filter(({ zone }) => zone === 'BACK').every(({ onHand }) => onHand === 18)).toBe(true);
  });
});

describe('adjusting stock', () => {
  it('takes units down to what is reserved, and not one more', async () => {
    await deliver(
      inventory.database,
      handleOrderFacts(() => {}),
      [anOrderPlaced({ A: 2 })],
    );
    const before = await snapshot();
    const tooMany = await change({ kind: 'ADJUSTED', lines: [aLine({ quantity: -4 })] });
    expect(tooMany.problems).toMatchObject([{ code: 'BELOW_RESERVED', path: ['lines', '0', 'quantity'] }]);
    expect(await snapshot()).toEqual(before);
    const { levels } = await change({ kind: 'ADJUSTED', lines: [aLine({ quantity: -3 })] });
    expect(levels).toMatchObject([{ onHand: 2, reserved: 2 }]);
  });

  it('keeps no key of a refused command, so that it can be sent again when it can be done', async () => {
    const adjust = () => change({ kind: 'ADJUSTED', lines: [aLine({ quantity: -7 })] });
    expect((await adjust()).problems).toHaveLength(1);
    await change({ idempotencyKey: 'more', lines: [aLine({ quantity: 2 })] });
    expect(await adjust()).toMatchObject({ changed: 1, problems: [], levels: [{ onHand: 0 }] });
  });
});

describe('bad input changes nothing and is named by its path', () => {
  const long = 'x'.repeat(201);
  const cases: [string, Partial<StockChange>, { code: string; path: string[] }][] = [
    [
      'no units',
      { lines: [aLine({ quantity: 0 })] },
      { code: 'INVALID_INPUT', path: ['lines', '0', 'quantity'] },
    ],
    [
      'less than none',
      { lines: [aLine(), aLine({ quantity: -1 })] },
      { code: 'INVALID_INPUT', path: ['lines', '1', 'quantity'] },
    ],
    [
      'part of a unit',
      { lines: [aLine({ quantity: 1.5 })] },
      { code: 'INVALID_INPUT', path: ['lines', '0', 'quantity'] },
    ],
    [
      'more than a level holds',
      { lines: [aLine({ quantity: 1_000_000_001 })] },
      { code: 'INVALID_INPUT', path: ['lines', '0', 'quantity'] },
    ],
    [
      'more than the level can take',
      { lines: [aLine({ quantity: 999_999_996 })] },
      { code: 'ABOVE_LEVEL_LIMIT', path: ['lines', '0', 'quantity'] },
    ],
    [
      'an adjustment by nothing',
      { kind: 'ADJUSTED', lines: [aLine({ quantity: 0 })] },
      { code: 'INVALID_INPUT', path: ['lines', '0', 'quantity'] },
    ],
    ['no lines', { lines: [] }, { code: 'INVALID_INPUT', path: ['lines'] }],
    [
      '5,001 lines',
      { lines: Array.from({ length: 5_001 }, () => aLine()) },
      { code: 'INVALID_INPUT', path: ['lines'] },
    ],
    [
      'an unknown SKU',
      { lines: [aLine(), aLine({ sku: 'Z' })] },
      { code: 'UNKNOWN_SKU', path: ['lines', '1', 'sku'] },
    ],
    [
      'an unknown facility',
      { lines: [aLine({ facilityId: 'f9' })] },
      { code: 'UNKNOWN_FACILITY', path: ['lines', '0', 'facilityId'] },
    ],
    ['an empty key', { idempotencyKey: '' }, { code: 'INVALID_INPUT', path: ['idempotencyKey'] }],
    [
      'a key of 201 characters',
      { idempotencyKey: long },
      { code: 'INVALID_INPUT', path: ['idempotencyKey'] },
    ],
    ['a control character', { reason: 'a\u0000b' }, { code: 'INVALID_INPUT', path: ['reason'] }],
    [
      'a SKU of 201 characters',
      { lines: [aLine({ sku: long })] },
      { code: 'INVALID_INPUT', path: ['lines', '0', 'sku'] },
    ],
  ];

  it.each(cases)('%s', async (_name, given, problem) => {
    const before = await snapshot();
    const result = await change(given);
    expect(result).toMatchObject({ changed: 0, levels: [] });
    expect(result.problems).toMatchObject([problem]);
    expect(await snapshot()).toEqual(before);
  });
});
