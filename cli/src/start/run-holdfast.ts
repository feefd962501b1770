import { once } from 'node:events';
import { join } from 'node:path';
import { identifyProcess, waitUntil } from '@holdfast/servers';
import { stopLeftovers } from './leftovers.ts';
import { lockDataFolder } from './lock.ts';
import { lastLines } from './log-tail.ts';
import { prepareServers } from './own-servers.ts';
import { removeRunFile, writeRunFile } from './run-file.ts';
import type { RunFile } from './run-file.ts';
import { servicePorts } from './service-ports.ts';
import { servicePart } from './service-process.ts';
import type { ServiceProgram } from './service-process.ts';
import type { StartSettings } from './settings.ts';
import { StartError } from './start-error.ts';
import { createSystem } from './system.ts';

/** Where everything answers. */
export type Addresses = Pick<RunFile, 'urls' | 'ports'>;

export type HoldfastPlan = {
  readonly settings: StartSettings;
  /** In the order of their start; they are stopped in reverse. */
  readonly programs: (addresses: Addresses) => readonly ServiceProgram[];
  /** Runs once when every service is ready. */
  readonly whenReady: (addresses: Addresses, signal: AbortSignal) => Promise<void>;
  /** Tells a person one line. */
  readonly say: (line: string) => void;
  /** Aborting it stops everything in order. */
  readonly signal: AbortSignal;
  /** How long after its first death a part is started again; 1 s unless told. */
  readonly firstDelayMs?: number;
};

/** A service may have to migrate, and a gateway waits for both subgraphs. */
const READY_WITHIN_MS = 120_000;

/**
 * Runs the whole system on one data folder: servers first, then services; keeps every part alive; stops services before servers.
 * Resolves when all is stopped because `signal` was aborted. Rejects, also with all stopped, with StartError when it cannot start
 * or a part died five times in a minute.
 */
export async function runHoldfast(plan: HoldfastPlan): Promise<void> {
  const { dataFolder } = plan.settings;
  const unlock = await lockDataFolder(dataFolder);
  // The servers' handles do not keep Node running, and their ends have to be waited for.
  const alive = setInterval(() => {}, 60_000);
  try {
    await stopLeftovers(dataFolder, plan.say);
    await run(plan);
    removeRunFile(dataFolder);
  } catch (error) {
    removeRunFile(dataFolder);
    if (!plan.signal.aborted) throw error;
  } finally {
    clearInterval(alive);
    unlock();
  }
}

async function run({
  settings,
  programs,
  whenReady,
  say,
  signal,
  firstDelayMs,
}: HoldfastPlan): Promise<void> {
  const { dataFolder } = settings;
  const logFolder = join(dataFolder, 'logs');
  const own = await identifyProcess(process.pid);
  const start = { name: 'start', pid: process.pid, startedAt: own?.startedAt ?? '' };
  const ports = await servicePorts(settings.ports);
  const servers = await unlessAborted(prepareServers(settings, say), signal);
  const addresses = addressesOf(ports, servers);
  const system = createSystem({
    say,
    firstDelayMs,
    onChange: (processes) =>
      writeRunFile(dataFolder, {
        ...addresses,
        auth: settings.auth,
        logFolder,
        processes: [start, ...processes],
      }),
  });
  const ending = AbortSignal.any([signal, system.failed]);
  try {
    for (const part of servers.parts) {
      ending.throwIfAborted();
      say(`Starting ${part.name} on port ${addresses.ports[part.name]} …`);
      await system.keep(part);
    }
    for (const program of programs(addresses)) {
      ending.throwIfAborted();
      say(`Starting ${program.name} …`);
      const part = servicePart(program, logFolder);
      await system.keep(part);
      await untilReady(program, part.logFile, ending);
    }
    await unlessAborted(whenReady(addresses, ending), ending);
    if (!ending.aborted) await once(ending, 'abort');
    ending.throwIfAborted();
  } finally {
    await system.stop();
  }
}

function addressesOf(
  services: Readonly<Record<'gateway' | 'orders' | 'inventory', number>>,
  servers: Pick<RunFile, 'ports'> & {
    readonly urls: Pick<RunFile['urls'], 'nats' | 'ordersDatabase' | 'inventoryDatabase'>;
  },
): Addresses {
  const at = (port: number, path: string) => `http://127.0.0.1:${port}${path}`;
  return {
    urls: {
      gateway: at(services.gateway, '/graphql'),
      graphiql: at(services.gateway, '/graphiql'),
      web: at(services.gateway, '/'),
      orders: at(services.orders, '/graphql'),
      inventory: at(services.inventory, '/graphql'),
      ...servers.urls,
    },
    ports: { ...services, ...servers.ports },
  };
}

async function untilReady(program: ServiceProgram, logFile: string, ending: AbortSignal): Promise<void> {
  const isReady = async () => {
    ending.throwIfAborted();
    const answers = await Promise.all(program.readyUrls.map(answersReady));
    return answers.every(Boolean);
  };
  if (await waitUntil(isReady, { withinMs: READY_WITHIN_MS, everyMs: 100 })) return;
  throw new StartError(
    `${program.name} was not ready within ${READY_WITHIN_MS / 1_000} s. The last lines of ${logFile}:\n${lastLines(logFile)}`,
  );
}

async function answersReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** The work's own outcome, or at once the signal's reason; what the work still does then is of no interest. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const abandoned = once(signal, 'abort').then((): never => {
    throw signal.reason;
  });
  abandoned.catch(() => {});
  return Promise.race([work, abandoned]);
}
