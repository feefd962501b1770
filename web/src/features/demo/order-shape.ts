import type { PlaceOrderInput } from '../../graphql/schema.generated.ts';

export type Reach = 'gb' | 'europe' | 'world';

/** What the orders of a run look like. */
export interface OrderShape {
  /** 1 to 20, and no more than there are SKUs. */
  readonly lines: number;
  readonly leastUnits: number;
  readonly mostUnits: number;
  readonly reach: Reach;
  /** The SKU that every order wants; null for none. */
  readonly hotSku: string | null;
}

type Place = readonly [country: string, city: string];

const gb: readonly Place[] = [
  ['GB', 'London'],
  ['GB', 'Manchester'],
  ['GB', 'Edinburgh'],
  ['GB', 'Cardiff'],
  ['GB', 'Leeds'],
  ['GB', 'Bristol'],
  ['GB', 'Glasgow'],
];
const europe: readonly Place[] = [
  ...gb.slice(0, 2),
  ['IE', 'Dublin'],
  ['FR', 'Paris'],
  ['DE', 'Berlin'],
  ['NL', 'Rotterdam'],
  ['ES', 'Madrid'],
  ['IT', 'Milan'],
  ['PL', 'Warsaw'],
];
const world: readonly Place[] = [
  ...europe,
  ['US', 'Chicago'],
  ['BR', 'Recife'],
  ['ZA', 'Cape Town'],
  ['IN', 'Mumbai'],
  ['JP', 'Osaka'],
  ['AU', 'Sydney'],
];

/** Where orders of each reach go. */
export const placesOf: Readonly<Record<Reach, readonly Place[]>> = { gb, europe, world };

const CUSTOMERS = 40;

interface Chance {
  /** From 0 up to but not 1. */
  readonly random: () => number;
  readonly newKey: () => string;
}

/** One order of this shape, with SKUs of the catalogue, none of them twice. */
export function orderOf(
  shape: OrderShape,
  skus: readonly string[],
  reference: string,
  { random, newKey }: Chance,
): PlaceOrderInput {
  const below = (count: number): number => Math.floor(random() * count);
  const [country, city] = placesOf[shape.reach][below(placesOf[shape.reach].length)]!;
  const chosen = new Set<string>(shape.hotSku === null ? [] : [shape.hotSku]);
  const wanted = Math.min(shape.lines, new Set([...skus, ...chosen]).size);
  // From a random place on through the catalogue: as many steps as lines, however few SKUs there are.
  for (let place = below(skus.length); chosen.size < wanted; place += 1 + below(3))
    chosen.add(skus[place % skus.length]!);
  return {
    idempotencyKey: newKey(),
    customerId: `demo-${below(CUSTOMERS) + 1}`,
    reference,
    destination: { country, city },
    lines: [...chosen].map((sku) => ({
      sku,
      quantity: shape.leastUnits + below(shape.mostUnits - shape.leastUnits + 1),
    })),
  };
}
