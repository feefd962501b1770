import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { aWorkbench, onceEach, quickSettings, type Workbench } from './consumer-workbench.ts';
import { listParked } from './list-parked.ts';
import { anOrderPlaced, waitFor } from './testing.ts';

let servers: TestServers;
let bench: Workbench;
beforeAll(async () => {
  servers = await startTestServers();
  bench = await aWorkbench(servers);
});
afterAll(async () => {
  await bench?.close();
  await servers?.stop();
});

const program = join(import.meta.dirname, '../test-programs/killed-by-handler.ts');

it('parks a message whose handler kills its process after so many starts alone, and handles its neighbours', async () => {
  const facts = Array.from({ length: 5 }, () => anOrderPlaced());
  const deadly = facts[2]!;
  for (const fact of facts) await bench.publish(fact);

  let deaths = 0;
  const done = new AbortController();
  const restarting = (async () => {
    while (!done.signal.aborted) {
      deaths += (await runUntilItDies(deadly.eventId, done.signal)) === 'SIGKILL' ? 1 : 0;
    }
  })();
  const isParked = async () => {
    const rows = await listParked(bench.database, { first: 10 });
    return rows.length > 0 && (await bench.unfinished()) === 0 && rows;
  };
  const [parked] = await waitFor('the deadly message is parked', isParked, 30_000).finally(() =>
    done.abort(),
  );
  await restarting;

  expect(parked).toMatchObject({ eventId: deadly.eventId, attempts: quickSettings.maxAttempts });
  expect(parked!.reason).toBe('its handler was started 3 times and never came to an end');
  // Once with its neighbours, which nobody is blamed for, then alone.
  expect(deaths).toBe(1 + quickSettings.maxAttempts);
  expect(await bench.applied()).toEqual(onceEach(facts.filter((fact) => fact !== deadly)));
});

/** Starts the process again as a supervisor would; returns the signal that ended it. */
async function runUntilItDies(eventId: string, done: AbortSignal): Promise<string | null> {
  const args = [program, servers.nats.url, bench.database.url, eventId];
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const end = () => child.kill('SIGTERM');
  done.addEventListener('abort', end);
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  done.removeEventListener('abort', end);
  return signal;
}
