import fc from 'fast-check';
import { inWords } from './actions.ts';
import type { Mechanisms } from './mechanisms.ts';
import { possibleActions, progressOf } from './possible.ts';
import { brokenAtRest, brokenRules } from './rules.ts';
import { firstWorld, settingOf, type Configuration, type Setting } from './setting.ts';
import { step } from './step.ts';

/** A rule was broken on a random way; the message is the way, in words. */
export class BrokenRuleError extends Error {
  override readonly name = 'BrokenRuleError';
}

export interface RandomRun {
  readonly seed: number;
  readonly ways: number;
  readonly steps: number;
  readonly durationMs: number;
  /** What fast-check says of the shortest way that it found to a broken rule; null when there was none. */
  readonly failure: string | null;
}

const mostSteps = 150;
/** A world that is left to itself comes to rest in far fewer steps, or never. */
const mostStepsToRest = 5_000;

/**
 * Walks a world at random, lets it come to rest, and holds every step against the rules and its end against all of them.
 * The same seed gives the same ways. A failing way is made as short as can be.
 */
export function walkAtRandom(
  configuration: Configuration,
  mechanisms: Mechanisms,
  { seed, ways }: { readonly seed: number; readonly ways: number },
): RandomRun {
  const startedAtMs = performance.now();
  const setting = settingOf(configuration, mechanisms);
  let steps = 0;
  const property = fc.property(fc.array(fc.nat(), { maxLength: mostSteps, size: 'max' }), (choices) => {
    steps += walk(setting, choices);
  });
  const { failed, errorInstance, counterexamplePath } = fc.check(property, { seed, numRuns: ways });
  const failure = failed ? `seed ${seed}, path ${counterexamplePath}: ${String(errorInstance)}` : null;
  return { seed, ways, steps, durationMs: performance.now() - startedAtMs, failure };
}

/** Returns the number of steps; throws BrokenRuleError. */
function walk(setting: Setting, choices: readonly number[]): number {
  const trace: string[] = [];
  let world = firstWorld(setting);
  const take = (actions: ReturnType<typeof possibleActions>, choice: number) => {
    const action = actions[choice % actions.length]!;
    trace.push(inWords(action));
    const outcome = step(setting, world, action);
    world = outcome.world;
    refuse(trace, [...outcome.wrong, ...brokenRules(setting, world)]);
  };
  for (const choice of choices) {
    const actions = possibleActions(setting, world);
    if (actions.length === 0) break;
    take(actions, choice);
  }
  for (let left = mostStepsToRest; ; left -= 1) {
    const progress = progressOf(world, possibleActions(setting, world));
    if (progress.length === 0) break;
    if (left === 0) refuse(trace, ['it never comes to rest']);
    take([...progress], left);
  }
  refuse(trace, brokenAtRest(world));
  return trace.length;
}

function refuse(trace: readonly string[], wrong: readonly string[]): void {
  if (wrong.length > 0)
    throw new BrokenRuleError([...trace, ...wrong.map((each) => `! ${each}`)].join('\n  '));
}

/** Too large to be explored: four orders, three SKUs at three facilities, several faults of each kind. */
export const largeConfigurations: readonly Configuration[] = [
  {
    name: 'large: tails are lost, relays freeze',
    stock: { A: { f1: 1, f2: 1 }, B: { f1: 2, f3: 1 }, C: { f2: 1 } },
    orders: [{ A: 1, B: 1 }, { A: 1, B: 1 }, { A: 2, C: 1 }, { B: 2 }],
    holdTicks: 2,
    budget: {
      cancel: 2,
      undecided: 1,
      confirm: 2,
      extend: 1,
      ship: 3,
      relist: 2,
      repeat: 2,
      commandCrash: 2,
      overtake: 3,
      consumerCrash: 2,
      late: 2,
      loseTail: 2,
      freeze: 2,
      takeOver: 2,
    },
    anyAggregateFirst: true,
  },
  {
    name: 'large: messages are stored twice and come late',
    stock: { A: { f1: 1, f2: 1 }, B: { f1: 2, f3: 1 }, C: { f2: 1 } },
    orders: [{ A: 1, B: 1 }, { A: 1, B: 1 }, { A: 2, C: 1 }, { B: 2 }],
    holdTicks: null,
    budget: {
      cancel: 2,
      undecided: 1,
      ship: 4,
      relist: 2,
      overtake: 4,
      consumerCrash: 2,
      late: 3,
      copy: 4,
      freeze: 2,
    },
    anyAggregateFirst: true,
  },
];
