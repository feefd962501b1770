import { availableParallelism } from 'node:os';

/** Sources are ES modules whose types Node strips; `npm test` sets NODE_OPTIONS=--experimental-vm-modules. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/strip-types-transform.cjs' },
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.holdfast/'],
  modulePathIgnorePatterns: ['/.holdfast/'],
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  testTimeout: 60_000,
  // Tests often wait for servers that they start: on two cores two workers are done sooner than one.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
