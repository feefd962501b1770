import { defineEntity, p } from '@mikro-orm/core';
import type { CancellationCode, OrderStatus, Shortage } from '../domain/order.ts';
import type { Destination } from '../domain/placing.ts';

export const OrderEntity = defineEntity({
  name: 'Order',
  tableName: 'orders',
  properties: {
    id: p.uuid().primary(),
    customerId: p.text().collation('C'),
    reference: p.text().collation('C').strictNullable(),
    status: p.text().$type<OrderStatus>(),
    version: p.integer(),
    isConfirmed: p.boolean().default(false),
    hasHold: p.boolean().default(false),
    placedAt: p.datetime(3),
    updatedAt: p.datetime(3),
    country: p.character().length(2),
    city: p.text().strictNullable(),
    postalCode: p.text().strictNullable(),
    latitude: p.double().$type<number>(),
    longitude: p.double().$type<number>(),
    destinationPrecision: p.text().$type<Destination['precision']>(),
    totalMinor: p.bigint('string'),
    currencyCode: p.character().length(3),
    rejection: p
      .json<{ readonly reason: string; readonly shortages: readonly Shortage[] }>()
      .columnType('json')
      .strictNullable(),
    cancellationCode: p.text().$type<CancellationCode>().strictNullable(),
    cancellationReason: p.text().strictNullable(),
  },
});

export const OrderLineEntity = defineEntity({
  name: 'OrderLine',
  properties: {
    orderId: p.uuid().primary(),
    lineNumber: p.integer().primary().autoincrement(false),
    sku: p.text().collation('C'),
    quantity: p.integer(),
    unitPriceMinor: p.bigint('string'),
  },
});

export const IdempotencyKeyEntity = defineEntity({
  name: 'IdempotencyKey',
  properties: {
    customerId: p.text().collation('C').primary(),
    key: p.text().collation('C').primary(),
    contentHash: p.blob().$type<Buffer>(),
    orderId: p.uuid(),
  },
});

export const OrderTotalEntity = defineEntity({
  name: 'OrderTotal',
  properties: {
    status: p.text().$type<OrderStatus>().primary(),
    shard: p.integer().primary().autoincrement(false),
    count: p.bigint('string'),
  },
});

export const CatalogueProductEntity = defineEntity({
  name: 'CatalogueProduct',
  properties: {
    sku: p.text().collation('C').primary(),
    unitPriceMinor: p.bigint('string'),
    currencyCode: p.character().length(3),
    version: p.integer(),
  },
});

/** The service's own tables, as the migrations make them. */
export const entities = [
  OrderEntity,
  OrderLineEntity,
  IdempotencyKeyEntity,
  OrderTotalEntity,
  CatalogueProductEntity,
];
