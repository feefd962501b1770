import { ProcessKeeper, resolveNatsServer } from '@holdfast/servers';
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../manifests/manifest.ts';
import { renderOverlay, type Overlay } from '../manifests/render.ts';
import { workloadsOf, type Workload } from '../manifests/workloads.ts';
import { Addresses } from './addresses.ts';
import { runJob } from './job.ts';
import { OrderLoad } from './load/order-load.ts';
import { openShop } from './load/shop.ts';

import { programOf } from './programs.ts';
import { refusals } from './refusals/refusals.ts';
import { secondsSince, table } from './report.ts';
import { restartAll, restartTable, type RestartResult } from './restarts.ts';
import { Rollout } from './rollout.ts';
import { ServiceProxy } from './service-proxy.ts';
import { RehearsalError, type Site } from './site.ts';
import { prepare, type Prepared } from './stand-ins/prepare.ts';
import { ensureWebClient } from './web-client.ts';
import type { AttemptResults } from './refusals/refusal.ts';

export interface RehearsalOptions {
  readonly overlay: Overlay;
  /** Divides the manifests' waiting times, for tests. Default 1. */
  readonly pace?: number;
  readonly ordersPerSecond?: number;
  /** Leaves the folder with all logs where it is, and says where. */
  readonly keepsFolder?: boolean;
  readonly say?: (line: string) => void;
  /** Ends the rehearsal, which then rejects after it has cleared away. */
  readonly signal?: AbortSignal;
  /** Changes the rendered objects, to see what comes of it. */
  readonly change?: (manifests: readonly Manifest[]) => readonly Manifest[];
}

export interface RehearsalResult {
  readonly restarts: readonly RestartResult[];
  readonly longWatched: { readonly watched: number; readonly missedVersions: number };
  readonly refusals: readonly AttemptResults[];
  /** All that did not hold, in words; empty when the rehearsal held. */
  readonly flaws: readonly string[];
}

/**
 * Carries out an overlay on this machine: stand-ins, servers, Jobs, services, load, a restart of every workload under it, and
 * what each user must be refused. Rejects with RehearsalError when something cannot even be started. Nothing is left running.
 */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  if (process.platform !== 'linux') {
    throw new RehearsalError(
      'A rehearsal needs Linux, where every pod can have a loopback address of its own.',
    );
  }
  const {
    overlay,
    pace = 1,
    ordersPerSecond = 10,
    say = () => {},
    signal = new AbortController().signal,
  } = options;
  const startedAt = performance.now();
  await using leaving = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-rehearsal-'));
  chmodSync(folder, 0o711); // The user postgres has to enter it when this runs as root.
  leaving.defer(async () => {
    if (options.keepsFolder) say(`Everything is in ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  });
  await ensureWebClient(say);
  const { manifests: asRendered, renderedBy } = await renderOverlay(overlay);
  const rendered = options.change?.(asRendered) ?? asRendered;
  say(`${overlay}: ${rendered.length} objects, rendered by ${renderedBy}; pace ${pace}`);
  const addresses = leaving.use(await Addresses.take());
  const prepared = leaving.use(await prepare(rendered, addresses, join(folder, 'postgres')));
  say(
    `\nStand-ins\n${table(
      ['in place of', 'what'],
      prepared.standIns.map(({ inPlaceOf, did }) => [inPlaceOf, did]),
    )}`,
  );

  const processes = leaving.use(new ProcessKeeper(folder));
  const { file: natsServer } = await resolveNatsServer();
  const site: Site = { ...prepared, folder, addresses, pace, processes, natsServer, signal };
  const work = carryOut({ site, prepared, leaving, ordersPerSecond, say });
  work.catch(() => {}); // Told to end, the rehearsal does not wait for it.
  const result = await Promise.race([work, whenTold(signal)]);
  const { restarts, refusals: results, flaws } = result;
  const orders = restarts.reduce((sum, { placed }) => sum + placed, 0);
  const attempts = results.reduce((sum, { count }) => sum + count, 0);
  for (const flaw of flaws) say(`FLAW: ${flaw}`);
  say(
    `\n${overlay} ${flaws.length === 0 ? 'holds' : `does not hold (${flaws.length} flaws)`}: ${restarts.length} workloads restarted under ${orders} orders, ` +
      `${attempts} attempts, in ${secondsSince(startedAt)} s.`,
  );
  return result;
}

/** Rejects when it is told to. */
function whenTold(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new RehearsalError('The rehearsal was told to end.'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

interface Scene {
  readonly site: Site;
  readonly prepared: Prepared;
  readonly leaving: AsyncDisposableStack;
  readonly ordersPerSecond: number;
  readonly say: (line: string) => void;
}

async function carryOut({ site, prepared, leaving, ordersPerSecond, say }: Scene): Promise<RehearsalResult> {
  const { manifests, addresses } = site;
  sayWhatIsNotRun(site, say);
  const { rollouts, jobs } = plan(site);
  const pods = () => rollouts.flatMap((rollout) => rollout.pods);
  const services = manifests.filter(
    ({ kind, metadata }) => kind === 'Service' && !prepared.isPostgres(metadata.name),
  );
  for (const one of services) {
    leaving.use(await ServiceProxy.start(one, addresses.of(one.metadata.name), pods));
  }
  await startAll(site, rollouts, jobs, say);

  const url = `http://${addresses.of('gateway')}:4000/graphql`;
  await openShop(url, await prepared.issuer.token({ role: 'operator', customer: 'shop' }));
  const load = leaving.use(await OrderLoad.start({ url, issuer: prepared.issuer, ordersPerSecond }));
  const restarts = await restartAll(rollouts, load, say);
  say(`\nRestarts, with ${ordersPerSecond} orders a second\n${restartTable(restarts)}`);
  const longWatched = await load.finish();
  say(
    `\n${longWatched.watched} orders watched over all restarts and cancelled at the end: ${longWatched.missedVersions} versions missed`,
  );

  const results = await refusals(site, prepared);
  const rows = results.map(({ about, count, surprises }) => [about, count, surprises.length]);
  say(`\nRefusals\n${table(['of', 'attempts', 'otherwise'], rows)}`);
  const flaws = [
    ...restarts.flatMap((restart) => restart.flaws),
    ...(longWatched.missedVersions > 0
      ? [`${longWatched.missedVersions} versions were missed by those who watched all along`]
      : []),
    ...results.flatMap(({ about, surprises }) =>
      surprises.map(
        ({ who, what, expected, outcome }) => `${about}: ${who}: ${what}: ${outcome}, not ${expected}`,
      ),
    ),
  ];
  return { restarts, longWatched, refusals: results, flaws };
}

function sayWhatIsNotRun(site: Site, say: (line: string) => void): void {
  const rows = workloadsOf(site.manifests).flatMap(({ name, pod }) =>
    pod.containers.flatMap((container) => {
      const program = programOf(container, site.natsServer);
      return 'because' in program ? [[`${name} ${container.name}`, program.because]] : [];
    }),
  );
  if (rows.length > 0) say(`\nNot run here\n${table(['container', 'why'], rows)}`);
}

function plan(site: Site): { readonly rollouts: readonly Rollout[]; readonly jobs: readonly Workload[] } {
  const runs = workloadsOf(site.manifests).filter(({ pod }) =>
    pod.containers.some((container) => !('because' in programOf(container, site.natsServer))),
  );
  return {
    rollouts: runs.filter(({ manifest }) => manifest.kind !== 'Job').map((one) => new Rollout(site, one)),
    jobs: runs.filter(({ manifest }) => manifest.kind === 'Job'),
  };
}

/** Servers, then Jobs, then services. */
async function startAll(
  site: Site,
  rollouts: readonly Rollout[],
  jobs: readonly Workload[],
  say: (line: string) => void,
): Promise<void> {
  const rows: (string | number)[][] = [];
  const start = async (rollout: Rollout) => {
    const startedAt = performance.now();
    await rollout.start();
    rows.push([rollout.workload.name, rollout.workload.replicas, secondsSince(startedAt), 'ready']);
  };
  const isServer = ({ workload }: Rollout) => workload.manifest.kind === 'StatefulSet';
  await Promise.all(rollouts.filter(isServer).map(start));
  await Promise.all(
    jobs.map(async (job) => {
      const startedAt = performance.now();
      const tries = await runJob(site, job);
      rows.push([job.name, 1, secondsSince(startedAt), tries === 1 ? 'done' : `done at try ${tries}`]);
    }),
  );
  await Promise.all(rollouts.filter((one) => !isServer(one)).map(start));
  say(`\nStarts\n${table(['workload', 'replicas', 'seconds', ''], rows)}`);
}
