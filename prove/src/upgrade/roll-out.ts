import { setTimeout as delay } from 'node:timers/promises';
import type { HistoryWriter } from '../load/history-writer.ts';
import type { Load } from '../load/load.ts';
import type { ServiceReplica } from '../world/service-replica.ts';
import type { World } from '../world/world.ts';
import { REPLACED, RESTARTED } from './requests-seen.ts';

export interface RollOutOptions {
  readonly world: World;
  /** Of the sources that come. */
  readonly root: string;
  readonly load: Pick<Load, 'changeConnections'>;
  readonly history: HistoryWriter;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Inventory knows what orders and the gateway are going to ask it and tell it before they do. */
const order = ['inventory', 'orders', 'gateway'] as const;
/** While a process that goes away still answers, and balancers learn of it. */
const WITHDRAWN_MS = 2_000;
/** The longest that a process may take to drain is 25 s. */
const DRAINED_WITHIN_MS = 30_000;
const READY_WITHIN_MS = 120_000;
const BETWEEN_MS = 3_000;

/**
 * Replaces every process by one of another version, one after the other: it gets no new connection, is told to end, ends, and
 * the new one, which migrates the database first, is ready. Resolves with what was not as it should be, in words; ends early
 * when a new process does not become ready.
 */
export async function rollOut(options: RollOutOptions): Promise<readonly string[]> {
  const all = order.flatMap((service) => options.world.of(service));
  return inTurn(all, REPLACED, options);
}

/** The same with one process of each service, which are of the new version already: the next roll-out begins with their end. */
export async function restartSome(options: RollOutOptions): Promise<readonly string[]> {
  const some = order.map((service) => options.world.of(service)[0]!);
  return inTurn(some, RESTARTED, options);
}

async function inTurn(
  replicas: readonly ServiceReplica[],
  fault: string,
  options: RollOutOptions,
): Promise<readonly string[]> {
  const { signal } = options;
  const wrong: string[] = [];
  for (const replica of replicas) {
    const trouble = await replace(replica, fault, options);
    wrong.push(...trouble);
    if (!replica.isReady) break;
    await delay(BETWEEN_MS, undefined, { signal });
  }
  return wrong;
}

async function replace(
  replica: ServiceReplica,
  fault: string,
  { root, load, history, log, signal }: RollOutOptions,
): Promise<string[]> {
  const { name } = replica;
  const line = { kind: 'fault', fault, target: name } as const;
  history.write({ ...line, phase: 'begin' });
  const startedAt = performance.now();
  replica.isWithdrawn = true;
  // The edge leaves a gateway that goes away; one of this version need not rely on that.
  if (fault === REPLACED && replica.service === 'gateway') load.changeConnections();
  await delay(WITHDRAWN_MS, undefined, { signal });
  const toldAtMs = history.elapsedMs();
  const overTime = delay(DRAINED_WITHIN_MS, 'nothing: it is killed', { ref: false });
  const end = await Promise.race([replica.endAndRun(root), overTime]);
  if (replica.process?.end === null && end.startsWith('nothing')) await replica.kill();
  const goneAtMs = history.elapsedMs();
  const isReady = await replica.becomesReady(READY_WITHIN_MS);
  replica.isWithdrawn = false;
  history.write({ ...line, phase: 'end', detail: { toldAtMs, goneAtMs } });
  const [drained, whole] = [goneAtMs - toldAtMs, performance.now() - startedAt].map((ms) =>
    (ms / 1_000).toFixed(1),
  );
  log(`${name} ${fault}: drained in ${drained} s (${end}), ready again ${whole} s after it was withdrawn`);
  return [
    ...(end === 'code 0' ? [] : [`${name} was told to end and ended with ${end}`]),
    ...(isReady ? [] : [`${name} is not ready with the new version`]),
  ];
}
