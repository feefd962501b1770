import TestSequencer from '@jest/test-sequencer';

/** Where most time goes. Begun last, one of them would keep one worker busy while the others have nothing left to do. */
const LONG = [
  'deploy/src/rehearsal/rehearsal.int',
  'e2e/killed/',
  'deploy/src/image/image.int',
  'e2e/console/many-orders',
  'cli/src/start/start.int',
  'e2e/pages/',
  'e2e/shop/',
  'cli/src/reconcile/',
  'e2e/console/',
  'messaging/src/nats',
  'cli/src/replay/replay.int',
  'e2e/security/',
];

/** Puts the longest test files first, and leaves the others in Jest's own order. */
export default class LongestFirst extends TestSequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const placeOf = ({ path }) => LONG.findIndex((part) => path.includes(part));
    const isLong = (test) => placeOf(test) >= 0;
    return [
      ...sorted.filter(isLong).toSorted((one, other) => placeOf(one) - placeOf(other)),
      ...sorted.filter((test) => !isLong(test)),
    ];
  }
}
