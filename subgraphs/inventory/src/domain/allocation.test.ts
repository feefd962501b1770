import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, maxExactCandidates, type Demand } from './allocation.ts';
import { byCodeUnits } from './code-units.ts';
import { distanceMm, type Facility } from './geo.ts';
import { available, type Level, type Zone } from './stock.ts';

const aFacility = (id: string, given: Partial<Facility> = {}): Facility => ({
  id,
  country: 'GB',
  latitude: 52,
  longitude: -1,
  airportDistanceMm: 1_000,
  ...given,
});
const aLevel = (
  sku: string,
  facilityId: string,
  onHand: number,
  zone: Zone = 'PRIMARY',
  reserved = 0,
): Level => ({
  sku,
  facilityId,
  zone,
  onHand,
  reserved,
  version: 1,
});
const aDemand = (lines: Record<string, number>, country = 'GB'): Demand => ({
  destination: { country, latitude: 52, longitude: -1 },
  lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })),
});
const choose = (demand: Demand, levels: readonly Level[], facilities: readonly Facility[]) =>
  allocate(
    demand,
    (sku) => levels.filter((level) => level.sku === sku),
    new Map(facilities.map((facility) => [facility.id, facility])),
  );
const chosenIds = (outcome: ReturnType<typeof choose>): string[] =>
  outcome.kind === 'SHORT'
    ? []
    : outcome.decision.candidates.filter(({ chosen }) => chosen).map(({ facilityId }) => facilityId);
const reasonOf = (outcome: ReturnType<typeof choose>, id: string): string | undefined =>
  outcome.kind === 'SHORT'
    ? undefined
    : outcome.decision.candidates.find(({ facilityId }) => facilityId === id)?.because;

describe('the rules, in order', () => {
  it('keeps an order in the country when its facilities serve it together, though one abroad serves it alone', () => {
    const outcome = choose(
      aDemand({ A: 2, B: 2 }),
      [aLevel('A', 'gb1', 2), aLevel('B', 'gb2', 2), aLevel('A', 'de', 9), aLevel('B', 'de', 9)],
      [aFacility('gb1'), aFacility('gb2'), aFacility('de', { country: 'DE' })],
    );
    expect(chosenIds(outcome)).toEqual(['gb1', 'gb2']);
    expect(outcome).toMatchObject({ decision: { international: false, method: 'EXACT' } });
    expect(reasonOf(outcome, 'de')).toMatch(/^Domestic first/);
  });

  it('makes an order international when the country cannot serve all of it, and then takes part in nothing special', () => {
    const outcome = choose(
      aDemand({ A: 2, B: 2 }),
      [aLevel('A', 'gb', 2), aLevel('A', 'de', 2), aLevel('B', 'de', 2)],
      [aFacility('gb', { airportDistanceMm: 1 }), aFacility('de', { country: 'DE', airportDistanceMm: 9 })],
    );
    expect(chosenIds(outcome)).toEqual(['de']);
    expect(outcome).toMatchObject({ decision: { international: true } });
    expect(reasonOf(outcome, 'gb')).toMatch(/^Fewest facilities/);
  });

  it('measures from the destination when domestic and from the own airport when international', () => {
    const near = aFacility('near', { latitude: 52.1, airportDistanceMm: 900 });
    const far = aFacility('far', { latitude: 53, airportDistanceMm: 100 });
    const levels = [aLevel('A', 'near', 5), aLevel('A', 'far', 5)];
    const domestic = choose(aDemand({ A: 1 }), levels, [near, far]);
    expect(chosenIds(domestic)).toEqual(['near']);
    expect(domestic).toMatchObject({
      decision: {
        candidates: [{ distanceMm: distanceMm(far, aDemand({}).destination) }, { facilityId: 'near' }],
      },
    });
    const international = choose(aDemand({ A: 1 }, 'FR'), levels, [near, far]);
    expect(chosenIds(international)).toEqual(['far']);
    expect(reasonOf(international, 'near')).toMatch(/^Least distance/);
  });

  it('takes the first by code units of equally near facilities', () => {
    const levels = [aLevel('A', 'b', 1), aLevel('A', 'B', 1), aLevel('A', 'a', 1)];
    const outcome = choose(aDemand({ A: 1 }), levels, [aFacility('b'), aFacility('B'), aFacility('a')]);
    expect(chosenIds(outcome)).toEqual(['B']);
    expect(reasonOf(outcome, 'a')).toMatch(/^Facility ids/);
    expect(reasonOf(outcome, 'B')).toMatch(/^Facility ids/);
  });

  it('does not count a facility that has nothing of the order available', () => {
    const levels = [
      aLevel('A', 'full', 1),
      aLevel('A', 'promised', 3, 'PRIMARY', 3),
      aLevel('Z', 'other', 9),
    ];
    const outcome = choose(aDemand({ A: 1 }), levels, [
      aFacility('full'),
      aFacility('promised'),
      aFacility('other'),
    ]);
    expect(outcome).toMatchObject({ decision: { candidates: [{ facilityId: 'full', chosen: true }] } });
  });

  it('takes each SKU from the nearer facility first, and from PRIMARY before BACK', () => {
    const outcome = choose(
      aDemand({ A: 9, B: 1 }),
      [aLevel('A', 'far', 9), aLevel('A', 'near', 2, 'BACK'), aLevel('A', 'near', 3), aLevel('B', 'far', 1)],
      [aFacility('far', { latitude: 55 }), aFacility('near', { latitude: 52.1 }), aFacility('unused')],
    );
    expect(chosenIds(outcome)).toEqual(['far']);
    const both = choose(
      aDemand({ A: 9, C: 1 }),
      [aLevel('A', 'far', 9), aLevel('A', 'near', 2, 'BACK'), aLevel('A', 'near', 3), aLevel('C', 'near', 1)],
      [aFacility('far', { latitude: 55 }), aFacility('near', { latitude: 52.1 })],
    );
    expect(both).toMatchObject({
      allocations: [
        { sku: 'A', facilityId: 'near', zone: 'PRIMARY', quantity: 3 },
        { sku: 'A', facilityId: 'near', zone: 'BACK', quantity: 2 },
        { sku: 'A', facilityId: 'far', zone: 'PRIMARY', quantity: 4 },
        { sku: 'C', facilityId: 'near', zone: 'PRIMARY', quantity: 1 },
      ],
    });
  });

  it('names what was asked and what was available of each SKU that is short, and of no other', () => {
    const outcome = choose(
      aDemand({ A: 5, B: 1, C: 2 }),
      [aLevel('A', 'x', 3), aLevel('A', 'y', 1, 'BACK'), aLevel('B', 'x', 1)],
      [aFacility('x'), aFacility('y')],
    );
    expect(outcome).toEqual({
      kind: 'SHORT',
      shortages: [
        { sku: 'A', requested: 5, available: 4 },
        { sku: 'C', requested: 2, available: 0 },
      ],
    });
  });
});

interface World {
  readonly demand: Demand;
  readonly levels: readonly Level[];
  readonly facilities: readonly Facility[];
}

const aWorld = (facilityCount: { minLength: number; maxLength: number }): fc.Arbitrary<World> =>
  fc
    .record({
      facilities: fc.array(
        fc.record({
          country: fc.constantFrom('GB', 'GB', 'DE'),
          latitude: fc.constantFrom(50, 51, 52),
          longitude: fc.constantFrom(-1, 0),
          airportDistanceMm: fc.constantFrom(1_000, 2_000, 3_000),
          stock: fc.array(fc.tuple(fc.nat(6), fc.nat(4)), { minLength: 4, maxLength: 4 }),
        }),
        facilityCount,
      ),
      quantities: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      country: fc.constantFrom('GB', 'DE', 'FR'),
    })
    .map(({ facilities, quantities, country }) => ({
      demand: {
        destination: { country, latitude: 51, longitude: -1 },
        lines: quantities.map((quantity, line) => ({ sku: `S${line}`, quantity })),
      },
      facilities: facilities.map(({ country: at, latitude, longitude, airportDistanceMm }, index) => ({
        country: at,
        latitude,
        longitude,
        airportDistanceMm,
        id: `${'fFgGhH'[index % 6]}${index}`,
      })),
      levels: facilities.flatMap(({ stock }, index) =>
        stock.flatMap(([primary, back], line) => [
          aLevel(`S${line}`, `${'fFgGhH'[index % 6]}${index}`, back, 'BACK'),
          aLevel(`S${line}`, `${'fFgGhH'[index % 6]}${index}`, primary + 1, 'PRIMARY', 1),
        ]),
      ),
    }));

/** Every subset of the candidates, compared by the rules as they are written; null when the order cannot be served. */
function oracle({ demand, levels, facilities }: World): string[] | null {
  const unitsOf = (id: string, sku: string): number =>
    levels
      .filter((level) => level.facilityId === id && level.sku === sku)
      .reduce((total, level) => total + available(level), 0);
  const serves = (set: readonly Facility[]): boolean =>
    demand.lines.every(
      ({ sku, quantity }) => set.reduce((total, { id }) => total + unitsOf(id, sku), 0) >= quantity,
    );
  const all = facilities.filter(({ id }) => demand.lines.some(({ sku }) => unitsOf(id, sku) > 0));
  if (!serves(all)) return null;
  const domestic = all.filter(({ country }) => country === demand.destination.country);
  const candidates = (serves(domestic) ? domestic : all).toSorted((one, other) =>
    byCodeUnits(one.id, other.id),
  );
  const distance = (facility: Facility): number =>
    serves(domestic) ? distanceMm(facility, demand.destination) : facility.airportDistanceMm;
  const sets = Array.from({ length: 2 ** candidates.length }, (_, bits) =>
    candidates.filter((_, index) => bits & (1 << index)),
  ).filter(serves);
  const sumOf = (set: readonly Facility[]): number => set.reduce((total, each) => total + distance(each), 0);
  const byIds = (one: readonly Facility[], other: readonly Facility[]): number =>
    one.map(({ id }, index) => byCodeUnits(id, other[index]!.id)).find((order) => order !== 0) ?? 0;
  const best = sets.sort(
    (one, other) => one.length - other.length || sumOf(one) - sumOf(other) || byIds(one, other),
  )[0]!;
  return best.map(({ id }) => id);
}

describe('against a brute-force oracle', () => {
  it('chooses the very set that comparing all sets by the rules chooses', () => {
    fc.assert(
      fc.property(aWorld({ minLength: 1, maxLength: 7 }), (world) => {
        const outcome = choose(world.demand, world.levels, world.facilities);
        expect(outcome.kind === 'SHORT' ? null : chosenIds(outcome)).toEqual(oracle(world));
      }),
      { numRuns: 3_000 },
    );
  });

  it('never allocates more than a level has, always exactly what is asked, and from every chosen facility', () => {
    fc.assert(
      fc.property(aWorld({ minLength: 1, maxLength: 16 }), (world) => {
        const outcome = choose(world.demand, world.levels, world.facilities);
        if (outcome.kind === 'SHORT') return;
        for (const { sku, facilityId, zone, quantity } of outcome.allocations) {
          const level = world.levels.find(
            (each) => each.sku === sku && each.facilityId === facilityId && each.zone === zone,
          )!;
          expect(quantity).toBeGreaterThan(0);
          expect(quantity).toBeLessThanOrEqual(available(level));
        }
        for (const { sku, quantity } of world.demand.lines) {
          const taken = outcome.allocations.filter((each) => each.sku === sku);
          expect(taken.reduce((total, each) => total + each.quantity, 0)).toBe(quantity);
        }
        const used = new Set(outcome.allocations.map(({ facilityId }) => facilityId));
        expect([...used].sort(byCodeUnits)).toEqual(chosenIds(outcome));
      }),
      { numRuns: 1_500 },
    );
  });

  it('is greedy only above the exact limit, drops what is not needed, and says so', () => {
    fc.assert(
      fc.property(aWorld({ minLength: 10, maxLength: 16 }), (world) => {
        const outcome = choose(world.demand, world.levels, world.facilities);
        if (outcome.kind === 'SHORT') return;
        const rivals = outcome.decision.candidates.filter(({ because }) => !because.startsWith('Domestic'));
        expect(outcome.decision.method).toBe(rivals.length > maxExactCandidates ? 'GREEDY' : 'EXACT');
        const ids = chosenIds(outcome);
        for (const dropped of ids) {
          const rest = world.levels.filter(
            ({ facilityId }) => ids.includes(facilityId) && facilityId !== dropped,
          );
          expect(choose(world.demand, rest, world.facilities).kind).toBe('SHORT');
        }
        if (outcome.decision.method === 'GREEDY') {
          expect(rivals.every(({ because }) => because.startsWith('Greedy'))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('many candidates and lines', () => {
  it('drops what was taken first once the others serve the order without it', () => {
    const near = aFacility('near-a', { latitude: 52.1 });
    const alsoNear = aFacility('near-b', { latitude: 52.1 });
    const most = aFacility('most');
    const others = Array.from({ length: 12 }, (_, index) => aFacility(`far-${index}`, { latitude: 55 }));
    const levels = [
      aLevel('A', 'most', 3),
      aLevel('B', 'most', 3),
      aLevel('A', 'near-a', 4),
      aLevel('B', 'near-b', 4),
      ...others.map(({ id }) => aLevel('A', id, 1)),
    ];
    const outcome = choose(aDemand({ A: 4, B: 4 }), levels, [near, alsoNear, most, ...others]);
    expect(outcome).toMatchObject({ decision: { method: 'GREEDY' } });
    expect(chosenIds(outcome)).toEqual(['near-a', 'near-b']);
  });

  it('decides the same whatever the order of levels and facilities', () => {
    fc.assert(
      fc.property(aWorld({ minLength: 2, maxLength: 14 }), (world) => {
        const backwards = choose(world.demand, world.levels.toReversed(), world.facilities.toReversed());
        expect(backwards).toEqual(choose(world.demand, world.levels, world.facilities));
      }),
    );
  });
});
