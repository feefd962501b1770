import { expect, test } from '@jest/globals';
import { randomOf } from './random.ts';

const numbers = (seed: number, fork?: string): number[] => {
  const random = fork === undefined ? randomOf(seed) : randomOf(seed).fork(fork);
  return Array.from({ length: 20 }, () => random.between(1, 1_000));
};

test('gives the same numbers for the same seed, and others for another seed or another fork', () => {
  expect(numbers(1)).toEqual(numbers(1));
  expect(numbers(1)).not.toEqual(numbers(2));
  expect(numbers(1, 'one')).toEqual(numbers(1, 'one'));
  expect(numbers(1, 'one')).not.toEqual(numbers(1, 'two'));
});

test('gives both ends of a range and every name of a choice, and nothing beyond', () => {
  const random = randomOf(3);
  expect(new Set(Array.from({ length: 500 }, () => random.between(1, 4)))).toEqual(new Set([1, 2, 3, 4]));
  const names = Array.from({ length: 500 }, () => random.weighted({ often: 9, seldom: 1, never: 0 }));
  expect(new Set(names)).toEqual(new Set(['often', 'seldom']));
});
