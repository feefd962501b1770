import { describe, expect, it } from '@jest/globals';
import { configurations } from './configurations.ts';
import { explore } from './explore.ts';
import { asBuilt } from './mechanisms.ts';
import { mutations, secondLines } from './mutations.ts';

const configurationOf = (name: string) => configurations.find((each) => each.name === name)!;

describe('a rule is broken with', () => {
  it.each(mutations)('$name: $breaks', ({ without, shownIn }) => {
    const { failure } = explore(configurationOf(shownIn), { ...asBuilt, ...without });
    expect(failure?.trace.length).toBeGreaterThan(0);
    expect(failure?.wrong.length).toBeGreaterThan(0);
  });
});

describe('another means stands behind, so that no rule is broken with', () => {
  it.each(secondLines)('$name', ({ without, shownIn }) => {
    expect(explore(configurationOf(shownIn), { ...asBuilt, ...without }).failure).toBeNull();
  });
});

it('takes away what is there, each time something else', () => {
  const taken = mutations.map(({ without }) => JSON.stringify(without));
  expect(new Set(taken).size).toBe(mutations.length);
  for (const { without } of [...mutations, ...secondLines]) expect(asBuilt).not.toMatchObject(without);
});
