import { setTimeout as delay } from 'node:timers/promises';
import type { FaultDetail, FaultLine, Unstamped } from '../check/history.ts';
import type { World } from '../world/world.ts';
import type { Injection, Scene } from './fault.ts';
import type { PlannedFault } from './schedule.ts';

export interface InjectionOptions {
  readonly world: World;
  /** As they come; more than there is time for. */
  readonly faults: Iterable<PlannedFault>;
  /** From now on no new one begins after this long. */
  readonly forMs: number;
  readonly note: (line: Unstamped<FaultLine>) => void;
  readonly log: (line: string) => void;
}

export interface Injected {
  readonly byKind: ReadonlyMap<string, number>;
  /** Faults that could not be injected, or not be taken back in time, in words. */
  readonly troubles: readonly string[];
}

const AT_WORK_TOGETHER = 4;
const MOST_BLOCKED = 4;

/**
 * Injects faults as planned, together where they have no claim in common, until the time is up; resolves when all of them are
 * taken back and what they left to be looked after is done.
 */
export async function injectFaults(options: InjectionOptions): Promise<Injected> {
  const { world, forMs, note, log } = options;
  const endsAt = performance.now() + forMs;
  const atWork = new Map<Promise<void>, readonly string[]>();
  const chores: Promise<void>[] = [];
  const byKind = new Map<string, number>();
  const troubles: string[] = [];
  const noteTrouble = (what: string, error: unknown): void => {
    troubles.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    log(troubles.at(-1)!);
  };
  const scene = (name: string): Scene => ({
    world,
    remainingMs: () => endsAt - performance.now(),
    afterwards: (chore) =>
      void chores.push(
        chore.then(
          () => {},
          (error: unknown) => noteTrouble(`after ${name}`, error),
        ),
      ),
  });

  const inject = async (name: string, { target, detail, run }: Injection): Promise<void> => {
    const line = { kind: 'fault', fault: name, target } as const;
    note({ ...line, phase: 'begin', ...(detail === undefined ? {} : { detail }) });
    log(`${name}: ${target}${detail === undefined ? '' : ` ${brief(detail)}`}`);
    let outcome: FaultDetail | void;
    try {
      outcome = await run(scene(name));
    } catch (error) {
      noteTrouble(`${name} of ${target}`, error);
      outcome = { trouble: troubles.at(-1) };
    }
    note({ ...line, phase: 'end', ...(outcome === undefined ? {} : { detail: outcome }) });
  };

  const blocked: PlannedFault[] = [];
  const isFree = ({ injection }: PlannedFault): boolean =>
    atWork.size < AT_WORK_TOGETHER &&
    ![...atWork.values()].flat().some((claim) => injection.claims.includes(claim));
  const begin = ({ kind, injection }: PlannedFault): void => {
    byKind.set(kind.name, (byKind.get(kind.name) ?? 0) + 1);
    const work = inject(kind.name, injection).finally(() => atWork.delete(work));
    atWork.set(work, injection.claims);
  };
  const isOver = (): boolean => performance.now() >= endsAt;

  for (const fault of options.faults) {
    await delay(Math.max(0, Math.min(fault.pauseMs, endsAt - performance.now())));
    blocked.push(fault);
    // The first one that may; one whose claims are taken lets a few others pass.
    for (;;) {
      const next = blocked.findIndex(isFree);
      if (isOver()) break;
      if (next >= 0) begin(blocked.splice(next, 1)[0]!);
      else if (blocked.length < MOST_BLOCKED) break;
      else await Promise.race(atWork.keys());
    }
    if (isOver()) break;
  }
  await Promise.all(atWork.keys());
  await Promise.all(chores);
  return { byKind, troubles };
}

const brief = ({ messageIds, ...detail }: FaultDetail): string =>
  JSON.stringify(messageIds === undefined ? detail : { ...detail, messages: messageIds.length });
