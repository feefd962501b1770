import { expect, it } from '@jest/globals';
import { readOrdersConfig } from './config.ts';

const environment = {
  ORDERS_DATABASE_URL: 'postgresql://127.0.0.1/orders',
  NATS_URL: 'nats://127.0.0.1:4222',
  FAULT_POINT: 'relay:published@2',
};

it('a fault point is taken where everybody is the operator of a system of their own, and refused in production', () => {
  const faultPoint = { name: 'relay:published', count: 2 };
  expect(readOrdersConfig({ ...environment, HOLDFAST_AUTH: 'off' })).toMatchObject({ faultPoint });
  const production = { ...environment, HOLDFAST_AUTH: 'jwt', VIEWER_KEYS: 'k'.repeat(32) };
  expect(() => readOrdersConfig(production)).toThrow(
    /FAULT_POINT is set; allowed only with HOLDFAST_AUTH=off/,
  );
  expect(readOrdersConfig({ ...production, FAULT_POINT: '' })).toMatchObject({ faultPoint: null });
});
