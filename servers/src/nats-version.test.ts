import { expect, it } from '@jest/globals';
import { isNewEnough } from './nats-version.ts';

it.each([
  ['2.15.0', true],
  ['2.15.1', true],
  ['3.0.0', true],
  ['2.100.0', true],
  ['2.14.9', false],
  ['2.9.10', false],
  ['1.99.99', false],
])('takes %s for new enough: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});
