import { hash } from 'node:crypto';
import { inWords, type Action } from './actions.ts';
import { possibleActions, progressOf } from './possible.ts';
import { brokenAtRest, brokenRules } from './rules.ts';
import { firstWorld, settingOf, type Configuration } from './setting.ts';
import type { Mechanisms } from './mechanisms.ts';
import { step } from './step.ts';
import type { Service, World } from './world.ts';

export interface Exploration {
  readonly configuration: string;
  readonly states: number;
  readonly transitions: number;
  /** States in which nothing is on its way any more; each was held against all of the rules. */
  readonly statesAtRest: number;
  /** Steps from the first state to the furthest. */
  readonly depth: number;
  readonly durationMs: number;
  /** Null when every rule held everywhere. */
  readonly failure: Failure | null;
}

/** The shortest way to a state, or a step, in which a rule does not hold. */
export interface Failure {
  /** In words, in order. */
  readonly trace: readonly string[];
  readonly wrong: readonly string[];
}

/** More states than this mean that a configuration has no end, or that its bounds are too wide to be useful. */
const mostStates = 2_000_000;

/**
 * Visits every world that a configuration can lead to, breadth first, and stops at the first in which a rule is broken;
 * so the trace to it is a shortest one. Throws RangeError when the states have no end in sight.
 */
export function explore(configuration: Configuration, mechanisms: Mechanisms): Exploration {
  const startedAtMs = performance.now();
  const setting = settingOf(configuration, mechanisms);
  const first = firstWorld(setting);
  const seen = new Set([nameOf(first)]);
  const cameFrom: Arrival[] = [{ parent: -1, action: null }];
  let frontier: readonly Found[] = [{ world: first, index: 0 }];
  let [transitions, statesAtRest, depth] = [0, 0, 0];

  const result = (failure: Failure | null): Exploration => ({
    configuration: configuration.name,
    states: seen.size,
    transitions,
    statesAtRest,
    depth,
    durationMs: performance.now() - startedAtMs,
    failure,
  });

  while (frontier.length > 0) {
    const next: Found[] = [];
    for (const { world, index } of frontier) {
      const actions = possibleActions(setting, world);
      if (progressOf(world, actions).length === 0) {
        statesAtRest += 1;
        const wrong = brokenAtRest(world);
        if (wrong.length > 0) return result({ trace: traceTo(index, cameFrom), wrong });
      }
      for (const action of actions) {
        const outcome = step(setting, world, action);
        transitions += 1;
        const name = nameOf(outcome.world);
        const isNew = !seen.has(name);
        const wrong = isNew ? [...outcome.wrong, ...brokenRules(setting, outcome.world)] : outcome.wrong;
        if (wrong.length > 0) {
          cameFrom.push({ parent: index, action });
          return result({ trace: traceTo(cameFrom.length - 1, cameFrom), wrong });
        }
        if (!isNew) continue;
        seen.add(name);
        if (seen.size > mostStates)
          throw new RangeError(`${configuration.name}: more than ${mostStates} states`);
        cameFrom.push({ parent: index, action });
        next.push({ world: outcome.world, index: cameFrom.length - 1 });
      }
    }
    frontier = next;
    if (next.length > 0) depth += 1;
  }
  return result(null);
}

interface Found {
  readonly world: World;
  readonly index: number;
}

interface Arrival {
  readonly parent: number;
  readonly action: Action | null;
}

function traceTo(index: number, cameFrom: readonly Arrival[]): string[] {
  const trace: string[] = [];
  for (let at = cameFrom[index]!; at.action !== null; at = cameFrom[at.parent]!)
    trace.unshift(inWords(at.action));
  return trace;
}

/**
 * The same for worlds that no step can ever tell apart: facts of different aggregates stand in a journal in some order that
 * nobody reads, and the numbers of owners and epochs are only compared with those of frozen relays.
 */
function nameOf(world: World): string {
  const outgoing = (service: Service) => {
    const { journal, lease, publisher, frozen, ...rest } = world.outgoing[service];
    const isCompared = frozen.length > 0;
    return {
      ...rest,
      journal: journal.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
      frozen,
      lease: isCompared ? lease : lease.generation,
      publisher: isCompared ? publisher : publisher?.lastSequence,
    };
  };
  const incoming = (service: Service) => ({
    ...world.incoming[service],
    unacknowledged: world.incoming[service].unacknowledged.toSorted(
      (one, other) => one.sequence - other.sequence,
    ),
  });
  const canonical = {
    ...world,
    outgoing: [outgoing('orders'), outgoing('inventory')],
    incoming: [incoming('orders'), incoming('inventory')],
  };
  return hash('sha1', JSON.stringify(canonical), 'base64');
}
