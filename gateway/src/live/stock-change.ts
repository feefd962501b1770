import { z } from 'zod';
import type { LiveEvent } from './live-source.ts';

const level = z.object({
  sku: z.string(),
  facilityId: z.string(),
  zone: z.enum(['PRIMARY', 'BACK']),
  onHand: z.int(),
  reserved: z.int(),
  /** One more with each change of the level. */
  version: z.int(),
});
const availability = z.object({
  sku: z.string(),
  available: z.int(),
  /** The sum of the versions of the product's levels. */
  availableVersion: z.int(),
});

/** What inventory says on the subject of live stock: levels and products as they are at that instant. */
export const liveStock = z.object({
  occurredAt: z.iso.datetime(),
  levels: z.array(level),
  products: z.array(availability),
});

export type StockLevel = z.infer<typeof level> & { readonly occurredAt: string };
export type Availability = z.infer<typeof availability>;

/** What tells levels apart; a SKU or facility may hold any printable character. */
export const levelKey = ({ sku, facilityId, zone }: StockLevel): string =>
  JSON.stringify([sku, facilityId, zone]);

const known = new WeakMap<object, LiveEvent>();

/** The level as a `StockChange` of the schema; one event for all who hear of the same level. */
export const stockChangeEvent = (change: StockLevel): LiveEvent =>
  eventOf(change, () => {
    const bare = { __typename: 'StockChange', ...change, product: null, facility: null };
    const product = { __typename: 'Product', sku: change.sku };
    const facility = { __typename: 'Facility', id: change.facilityId };
    return { value: { ...bare, product, facility }, bare };
  });

/** The product as it is, as a `Product` of the schema. */
export const availabilityEvent = (product: Availability): LiveEvent =>
  eventOf(product, () => {
    const value = { __typename: 'Product', ...product };
    return { value, bare: value };
  });

function eventOf(change: object, make: () => LiveEvent): LiveEvent {
  const event = known.get(change) ?? make();
  known.set(change, event);
  return event;
}
