import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { check, type CheckResult } from './check/check.ts';
import { settingsFile, type RunSettings } from './check/run-settings.ts';
import { takeSnapshot } from './check/take-snapshot.ts';
import type { Site } from './faults/fault.ts';
import { injectFaults } from './faults/inject.ts';
import { faultKinds } from './faults/kinds.ts';
import { planFaults, sortOut } from './faults/schedule.ts';
import { openHistory, type HistoryWriter } from './load/history-writer.ts';
import { startLoad, type Load } from './load/load.ts';
import { randomOf } from './load/random.ts';
import { reportTable } from './report/table.ts';
import { writeTroubles } from './report/troubles.ts';
import type { NatsKind } from './world/nats-cluster.ts';
import { orderDecisionMs, World } from './world/world.ts';

export interface PartOptions {
  readonly seed: number;
  readonly nats: NatsKind;
  /** While faults are injected. */
  readonly forMs: number;
  readonly folder: string;
  /** Null: all kinds. */
  readonly faults: readonly string[] | null;
  readonly log: (line: string) => void;
  /** Ends the world at once. */
  readonly signal: AbortSignal;
}

export interface PartResult {
  readonly checked: CheckResult;
  readonly exitCode: 0 | 1;
}

/** Within this long after the last fault was taken back, everything has come to rest. */
export const REST_WITHIN_MS = 90_000;
const EXTENDING_FROM_MS = 60_000;
/** How long clients go on after the last fault. */
const CALM_MS = 8_000;

/**
 * One part of a run, in a world of its own: clients work while faults are injected, then for a while without; then all must
 * come to rest, and the checker reads what is left. Prints the table. Rejects when the world or the load cannot be started.
 */
export async function runPart(options: PartOptions): Promise<PartResult> {
  const { seed, nats, forMs, folder, log, signal } = options;
  const world = await World.start({ logFolder: join(folder, 'logs'), nats, log });
  const stop = () => void world.stop();
  signal.addEventListener('abort', stop, { once: true });
  const history = openHistory(folder);
  const troubles: string[] = [];
  try {
    writeFileSync(join(folder, settingsFile), `${JSON.stringify(settings, null, 2)}\n`);
    log('Starting the load …');
    const load = await startLoad({
      gatewayUrls: world.gatewayUrls,
      seed,
      history,
      hasHolds: true,
      // A short run would spend most of its time waiting for the end of what it extended.
      extendsHolds: forMs >= EXTENDING_FROM_MS,
    });
    const random = randomOf(seed).fork(`faults of ${nats}`);
    const { possible, skipped } = sortOut(kindsOf(options.faults), siteOf(world));
    for (const { kind, why } of skipped) {
      log(`${kind.name}: skipped, it needs ${why}`);
      history.write({ kind: 'fault', fault: kind.name, target: '', phase: 'skipped', detail: { why } });
    }
    const { byKind, troubles: injecting } = await injectFaults({
      world,
      faults: planFaults(possible, siteOf(world), random),
      forMs,
      note: (line) => history.write(line),
      log,
    });
    signal.throwIfAborted();
    troubles.push(...injecting);
    const injected = [...byKind.values()].reduce((sum, count) => sum + count, 0);
    log(`${injected} faults of ${byKind.size} kinds; healing …`);
    troubles.push(...(await world.heal()).map((name) => `${name} is not ready after healing`));
    await delay(CALM_MS, undefined, { signal });
    troubles.push(...(await bringToRest({ world, load, history, folder, log })));
  } finally {
    signal.removeEventListener('abort', stop);
    await world.stop();
  }
  writeTroubles(folder, troubles);
  return judge(folder, log);
}

export interface RestOptions {
  readonly world: World;
  readonly load: Load;
  readonly history: HistoryWriter;
  readonly folder: string;
  readonly log: (line: string) => void;
}

/** Ends the load, waits until all rests, and leaves in the folder what the checker reads. Resolves with what did not rest. */
export async function bringToRest({ world, load, history, folder, log }: RestOptions): Promise<string[]> {
  await load.stop();
  log(`${load.placed} orders placed; waiting until all is at rest …`);
  const { waiting } = await load.settle(REST_WITHIN_MS);
  await history.close();
  const { ordersDatabaseUrl, inventoryDatabaseUrl, natsUrl } = world;
  await takeSnapshot({
    folder,
    ordersDatabaseUrl,
    inventoryDatabaseUrl,
    natsUrl,
    restWithinMs: REST_WITHIN_MS,
  });
  return waiting.map((what) => `not settled: ${what}`);
}

/** Checks what stands in a part's folder and prints its table. */
export async function judge(folder: string, log: (line: string) => void): Promise<PartResult> {
  const checked = await check(folder);
  const { lines, exitCode } = await reportTable(folder, checked);
  for (const line of lines) log(line);
  return { checked, exitCode };
}

const settings: RunSettings = {
  restWithinMs: REST_WITHIN_MS,
  tailHorizonMs: 15 * 60_000,
  orderDecisionMs,
  longRunMs: 10 * 60_000,
};

const kindsOf = (names: readonly string[] | null) =>
  faultKinds.filter(({ name }) => names === null || names.includes(name));

const siteOf = (world: World): Site => ({
  natsKind: world.natsKind,
  replicas: world.replicas.map(({ name }) => name),
  nodes: world.nats.nodes.map(({ name }) => name),
  noSmallDisk: [world.postgres, ...world.nats.nodes].map(({ disk }) => disk.whyNot).find(Boolean) ?? null,
  faketime: world.faketime,
});
