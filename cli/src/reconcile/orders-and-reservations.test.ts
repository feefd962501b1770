import { expect, it } from '@jest/globals';
import { differenceOf } from './orders-and-reservations.ts';

type Order = NonNullable<Parameters<typeof differenceOf>[0]>;
type Reservation = NonNullable<Parameters<typeof differenceOf>[1]>;

const anOrder = (status: string, cancellation_code: string | null = null): Order => [
  { order_id: 'o', status, cancellation_code, age_seconds: 1, sku: 'A', quantity: '2' },
];
const aReservation = (status: string, given: Partial<Reservation[0]> = {}): Reservation => [
  { order_id: 'o', status, is_due: false, age_seconds: 1, sku: 'A', quantity: '2', ...given },
];

it.each([
  ['RESERVED', null, 'HELD'],
  ['REJECTED', null, 'REJECTED'],
  ['CANCELLED', 'CUSTOMER', 'RELEASED'],
  ['CANCELLED', 'CUSTOMER', 'TOMBSTONE'],
  ['CANCELLED', 'CUSTOMER', 'EXPIRED'],
  ['CANCELLED', 'UNDECIDED', 'REJECTED'],
  ['CANCELLED', 'HOLD_EXPIRED', 'EXPIRED'],
  ['SHIPPING', null, 'SHIPPED'],
  ['DELIVERED', null, 'SHIPPED'],
])('finds nothing between an order that is %s (%s) and a reservation that is %s', (status, code, tied) => {
  expect(differenceOf(anOrder(status, code), aReservation(tied))).toBeNull();
});

it.each([
  ['RESERVED', null, 'EXPIRED'],
  ['RESERVED', null, 'SHIPPED'],
  ['CANCELLED', 'CUSTOMER', 'HELD'],
  ['CANCELLED', 'CUSTOMER', 'SHIPPED'],
  ['CANCELLED', 'HOLD_EXPIRED', 'RELEASED'],
  ['SHIPPING', null, 'HELD'],
  ['SHIPPING', null, 'EXPIRED'],
  ['DELIVERED', null, 'HELD'],
  ['DELIVERED', null, 'RELEASED'],
])('names an order that is %s (%s) when its reservation is %s', (status, code, tied) => {
  expect(differenceOf(anOrder(status, code), aReservation(tied))).toMatch(
    new RegExp(`^the order is (${status}|${code}), its reservation ${tied}$`),
  );
});

it('names a hold that has ended and was not released', () => {
  expect(differenceOf(anOrder('RESERVED'), aReservation('HELD', { is_due: true }))).toBe(
    'the order is RESERVED, its hold has ended and was not released',
  );
});

it('names shipped units that were not ordered, and a shipped reservation of no order', () => {
  expect(differenceOf(anOrder('DELIVERED'), aReservation('SHIPPED', { quantity: '3' }))).toBe(
    'the order is DELIVERED: 2 of A ordered, 3 tied',
  );
  expect(differenceOf(null, aReservation('SHIPPED'))).toMatch(
    /a SHIPPED reservation of an order that does not/,
  );
  expect(differenceOf(null, aReservation('TOMBSTONE'))).toBeNull();
});
