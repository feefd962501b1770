import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { handleOrderFacts } from '../consumers/order-facts.ts';
import { anOrderPlaced, deliver, seedStock, startTestInventory, type TestInventory } from '../testing.ts';
import { readFacilityTotals } from './facility-totals.ts';

let inventory: TestInventory;

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());

it('sums all levels of each facility that has any, in both zones, up to the largest Int', async () => {
  const { database } = inventory;
  await seedStock(database, [
    { sku: 'A', facilityId: 'f1', onHand: 3 },
    { sku: 'A', facilityId: 'f1', zone: 'BACK', onHand: 40 },
    { sku: 'B', facilityId: 'f1', onHand: 2 },
    ...['A', 'B', 'C'].map((sku) => ({ sku, facilityId: 'f2', onHand: 1_000_000_000 })),
  ]);
  await deliver(
    database,
    handleOrderFacts(() => {}),
    [anOrderPlaced({ A: 5, B: 1 })],
  );
  await sql`update stock_level set reserved = on_hand - 1 where facility_id = 'f2'`.execute(database.read);
  expect(await readFacilityTotals(database.read, ['f3', 'f1', 'f2'])).toEqual(
    new Map([
      ['f1', { levels: 3, onHand: 45, reserved: 6, available: 39 }],
      ['f2', { levels: 3, onHand: 2_147_483_647, reserved: 2_147_483_647, available: 3 }],
    ]),
  );
});
