import { describe, expect, it } from '@jest/globals';
import { configurations, notSurvived } from './configurations.ts';
import { explore } from './explore.ts';
import { asBuilt } from './mechanisms.ts';
import { largeConfigurations, walkAtRandom } from './random.ts';

describe('no rule is broken in any world in which', () => {
  it.each(configurations)(
    '$name',
    (configuration) => {
      const { failure, states, statesAtRest } = explore(configuration, asBuilt);
      expect(failure).toBeNull();
      // One that begins at rest and has no end, or none at rest, proves nothing.
      expect(states).toBeGreaterThan(1_000);
      expect(statesAtRest).toBeGreaterThan(1);
    },
    240_000,
  );
});

it('a fact is skipped where a server leaves a consumer ahead and no new generation shows', () => {
  const { failure } = explore(notSurvived, asBuilt);
  expect(failure?.wrong).toContainEqual(expect.stringMatching(/^rule 6: .* never took effect/));
}, 240_000);

describe('no rule is broken on random ways through a world that is', () => {
  const seed = Date.now() % 1_000_000_000;
  it.each(largeConfigurations)('$name', (configuration) => {
    expect(walkAtRandom(configuration, asBuilt, { seed, ways: 150 })).toMatchObject({ seed, failure: null });
  });

  it('a broken one is found there too, and told in words', () => {
    const small = configurations.find(({ name }) => name.startsWith('one order goes all the way'))!;
    const { failure } = walkAtRandom(small, { ...asBuilt, ackAfterCommit: false }, { seed, ways: 2_000 });
    expect(failure).toContain(`seed ${seed}`);
    expect(failure).toContain('dies between the commit and the ack');
    expect(failure).toContain('never took effect');
  });
});
