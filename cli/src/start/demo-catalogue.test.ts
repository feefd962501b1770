import { expect, it } from '@jest/globals';
import { demoFacilities, demoProducts, demoStock } from './demo-catalogue.ts';

it('stocks every demo product, only known goods at known facilities, in both zones', () => {
  const skus = new Set(demoStock.map(({ sku }) => sku));
  expect([...skus].sort()).toEqual(demoProducts.map(({ sku }) => sku).sort());
  const places = new Set(demoStock.map(({ facilityId }) => facilityId));
  expect([...places].sort()).toEqual(demoFacilities.map(({ id }) => id).sort());
  expect(new Set(demoStock.map(({ zone }) => zone))).toEqual(new Set(['PRIMARY', 'BACK']));
  expect(demoStock.every(({ quantity }) => quantity > 0)).toBe(true);
});
