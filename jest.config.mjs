import { availableParallelism } from 'node:os';

/** Sources are ES modules whose types Node strips; `npm test` sets NODE_OPTIONS=--experimental-vm-modules. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/strip-types-transform.cjs' },
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.holdfast/'],
  modulePathIgnorePatterns: ['/.holdfast/'],
  testTimeout: 60_000,
  // Tests wait for their servers about as much as they compute, so two share two cores well.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
