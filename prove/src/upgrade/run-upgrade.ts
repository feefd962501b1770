import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { settingsFile, type RunSettings } from '../check/run-settings.ts';
import { openHistory } from '../load/history-writer.ts';
import { startLoad } from '../load/load.ts';
import { writeTroubles } from '../report/troubles.ts';
import { bringToRest, judge, REST_WITHIN_MS } from '../run.ts';
import { World } from '../world/world.ts';
import { countRequests } from './requests-seen.ts';
import { restartSome, rollOut } from './roll-out.ts';

export interface UpgradeRunOptions {
  /** Sources of the earlier release, with what it needs to run. */
  readonly root: string;
  readonly newRoot: string;
  readonly isEarlierForgiven: boolean;
  readonly seed: number;
  readonly folder: string;
  readonly log: (line: string) => void;
  /** Ends the world at once. */
  readonly signal: AbortSignal;
}

/** Of the load, before the first process is replaced and after the last. */
const CALM_MS = 4_000;
const ORDERS_PER_SECOND = 12;
const CLIENTS = 12;
/** A machine that is busy with other work is slow, which is no failure. */
const ANSWER_WITHIN_MS = 30_000;
const FAILURES_SHOWN = 20;

/**
 * Starts a world of the earlier release, has clients work at a balancer before its gateways, replaces every process under that
 * load and then some of the new ones by their like, lets all come to rest and has the checker read what is left. Resolves with 0 when no request failed and nothing else is
 * wrong either, else with 1. Rejects when the world or the load cannot be started.
 */
export async function runUpgrade(options: UpgradeRunOptions): Promise<0 | 1> {
  const { root, newRoot, seed, folder, log, signal } = options;
  const world = await World.start({
    logFolder: join(folder, 'logs'),
    nats: 'single',
    log,
    root,
    // What only this version can do is switched on when all of it is there.
    settings: {},
  });
  const stop = () => void world.stop();
  signal.addEventListener('abort', stop, { once: true });
  const troubles: string[] = [];
  try {
    const history = openHistory(folder);
    writeFileSync(join(folder, settingsFile), `${JSON.stringify(runSettings, null, 2)}\n`);
    log('Starting the load …');
    const load = await startLoad({
      gatewayUrls: [world.balancedGatewayUrl],
      seed,
      history,
      ordersPerSecond: ORDERS_PER_SECOND,
      clients: CLIENTS,
      slowClients: 0,
      answerWithinMs: ANSWER_WITHIN_MS,
    });
    await delay(CALM_MS, undefined, { signal });
    const going = { world, root: newRoot, load, history, log, signal };
    troubles.push(...(await rollOut(going)));
    troubles.push(...(await restartSome(going)));
    await delay(CALM_MS, undefined, { signal });
    troubles.push(...(await bringToRest({ world, load, history, folder, log })));
  } finally {
    signal.removeEventListener('abort', stop);
    await world.stop();
  }
  const { duringRollOut, failed } = await countRequests(folder);
  if (duringRollOut === 0) troubles.push('no request was sent while processes were replaced');
  writeTroubles(folder, troubles);
  const result = await judge(folder, log);
  for (const { what, endedMeanwhile } of failed.slice(0, FAILURES_SHOWN))
    log(`FAILED: ${what}${endedMeanwhile === null ? '' : `, while the earlier ${endedMeanwhile} ended`}`);
  const byEarlier = failed.filter(({ endedMeanwhile }) => endedMeanwhile !== null).length;
  const counted = failed.length - (options.isEarlierForgiven ? byEarlier : 0);
  log(
    `${duringRollOut} requests during the roll-out, failed ${failed.length}` +
      (byEarlier === 0 ? '' : `, of these ${byEarlier} while a process of the earlier release ended`),
  );
  return counted > 0 ? 1 : result.exitCode;
}

const runSettings: Partial<RunSettings> = { restWithinMs: REST_WITHIN_MS, orderDecisionMs: null };
