import type { z } from 'zod';
import { inventoryFacts } from './inventory.ts';
import { orderFacts } from './orders.ts';

/** Every fact of every context: its type, its subject (`<context>.<aggregate>.<event>.v<major>`) and its schema. */
export const contracts = { ...orderFacts, ...inventoryFacts } as const;

export type FactType = keyof typeof contracts;
export type FactData<Type extends FactType> = z.infer<(typeof contracts)[Type]['schema']>;

/** A bounded context: who states a fact, and the first word of its subjects. */
export type Context = 'orders' | 'inventory';

export const isFactType = (name: string): name is FactType => Object.hasOwn(contracts, name);

/** The context, aggregate kind and major version that a fact type's subject spells. */
export function subjectParts(type: FactType): { context: Context; aggregate: string; major: number } {
  const [context, aggregate, , major] = contracts[type].subject.split('.');
  return { context: context as Context, aggregate: aggregate!, major: Number(major!.slice(1)) };
}

/** The id of the aggregate that a fact's data is about: the SKU of a product, else the order's id. */
export const aggregateIdOf = (data: FactData<FactType>): string =>
  'orderId' in data ? data.orderId : data.sku;

export { orderStatuses, type OrderStatus } from './orders.ts';
