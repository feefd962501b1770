import { defineEntity, p } from '@mikro-orm/core';
import type { DecisionRecord } from '../domain/allocation-record.ts';
import type { Shortage } from '../domain/allocation.ts';
import type { ReservationStatus } from '../domain/reservation.ts';
import type { Level, MovementKind, Zone } from '../domain/stock.ts';

export const ProductEntity = defineEntity({
  name: 'Product',
  properties: {
    sku: p.text().collation('C').primary(),
    name: p.text(),
    unitPriceMinor: p.bigint('string'),
    currencyCode: p.character().length(3),
    version: p.integer(),
  },
});

export const FacilityEntity = defineEntity({
  name: 'Facility',
  properties: {
    id: p.text().collation('C').primary(),
    name: p.text(),
    country: p.character().length(2),
    latitude: p.double().$type<number>(),
    longitude: p.double().$type<number>(),
    airportIata: p.character().length(3),
    airportName: p.text(),
    airportLatitude: p.double().$type<number>(),
    airportLongitude: p.double().$type<number>(),
    airportDistanceMm: p.bigint('string'),
  },
});

export const StockLevelEntity = defineEntity({
  name: 'StockLevel',
  properties: {
    sku: p.text().collation('C').primary(),
    facilityId: p.text().collation('C').primary(),
    zone: p.text().collation('C').$type<Zone>().primary(),
    onHand: p.integer(),
    reserved: p.integer(),
    version: p.integer(),
  },
});

const StockMovementEntity = defineEntity({
  name: 'StockMovement',
  properties: {
    id: p.bigint('string').primary().generated('identity'),
    sku: p.text().collation('C'),
    facilityId: p.text().collation('C'),
    zone: p.text().collation('C').$type<Zone>(),
    kind: p.text().$type<MovementKind>(),
    onHandChange: p.integer(),
    reservedChange: p.integer(),
    onHandAfter: p.integer(),
    reservedAfter: p.integer(),
    orderId: p.uuid().strictNullable(),
    reason: p.text().strictNullable(),
    occurredAt: p.datetime(3),
  },
});

export const ReservationEntity = defineEntity({
  name: 'Reservation',
  properties: {
    orderId: p.uuid().primary(),
    status: p.text().$type<ReservationStatus>(),
    version: p.integer(),
    customerId: p.text().collation('C').strictNullable(),
    decidedAt: p.datetime(3),
    expiresAt: p.datetime(3).strictNullable(),
    decision: p.json<DecisionRecord>().columnType('json').strictNullable(),
    shortages: p.json<readonly Shortage[]>().columnType('json').strictNullable(),
  },
});

export const AllocationEntity = defineEntity({
  name: 'Allocation',
  properties: {
    orderId: p.uuid().primary(),
    sku: p.text().collation('C').primary(),
    facilityId: p.text().collation('C').primary(),
    zone: p.text().collation('C').$type<Zone>().primary(),
    quantity: p.integer(),
  },
});

export const StockCommandEntity = defineEntity({
  name: 'StockCommand',
  properties: {
    idempotencyKey: p.text().collation('C').primary(),
    contentHash: p.blob().$type<Buffer>(),
    levels: p.json<readonly Level[]>().columnType('json'),
    doneAt: p.datetime(3),
  },
});

/** The service's own tables, as the migrations make them. */
export const entities = [
  ProductEntity,
  FacilityEntity,
  StockLevelEntity,
  StockMovementEntity,
  ReservationEntity,
  AllocationEntity,
  StockCommandEntity,
];
