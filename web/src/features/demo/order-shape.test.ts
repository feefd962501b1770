import { describe, expect, it } from '@jest/globals';
import { orderOf, placesOf, type OrderShape } from './order-shape.ts';

const skus = Array.from({ length: 30 }, (_, place) => `SKU-${place}`);
const aShape = (parts: Partial<OrderShape> = {}): OrderShape => ({
  lines: 3,
  leastUnits: 2,
  mostUnits: 5,
  reach: 'gb',
  hotSku: null,
  ...parts,
});
const chance = { random: Math.random, newKey: () => 'key' };
const orders = (shape: OrderShape, of = skus) =>
  Array.from({ length: 200 }, (_, place) => orderOf(shape, of, `R${place}`, chance));

describe('an order of a shape', () => {
  it('has as many lines as it should, each SKU once', () => {
    for (const lines of [1, 3, 20]) {
      for (const order of orders(aShape({ lines })))
        expect(new Set(order.lines.map(({ sku }) => sku)).size).toBe(lines);
    }
  });

  it('has no more lines than there are SKUs', () => {
    for (const order of orders(aShape({ lines: 20 }), ['A', 'B'])) expect(order.lines).toHaveLength(2);
  });

  it('wants units within its range, both ends included', () => {
    const units = new Set(orders(aShape()).flatMap(({ lines }) => lines.map(({ quantity }) => quantity)));
    expect([...units].sort((one, other) => one - other)).toEqual([2, 3, 4, 5]);
  });

  it('always wants the hot SKU', () => {
    for (const order of orders(aShape({ hotSku: 'SKU-7', lines: 1 })))
      expect(order.lines.map(({ sku }) => sku)).toEqual(['SKU-7']);
  });

  it('goes where its reach allows', () => {
    for (const { destination } of orders(aShape())) expect(destination.country).toBe('GB');
    expect(placesOf.world.some(([country]) => country === 'JP')).toBe(true);
  });
});
