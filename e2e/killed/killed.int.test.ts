import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { System } from '../system.ts';

const root = resolve(import.meta.dirname, '../..');

describe('processes killed with SIGKILL in the middle of a replay', () => {
  let system: System;
  beforeAll(async () => {
    system = await System.start();
  }, 180_000);
  afterAll(() => system?.remove());

  let firstInvoice = 600_000;
  /** Trade that no run before it placed. */
  const freshTrade = async (): Promise<string> => {
    firstInvoice += 1_000;
    const file = join(system.dataFolder, `trade-${firstInvoice}.csv`);
    const first = String(firstInvoice);
    const made = await system.run(
      'generate',
      '--invoices',
      '400',
      '--skus',
      '120',
      '--first',
      first,
      '--seed',
      first,
      '--out',
      file,
    );
    expect(made).toMatchObject({ code: 0 });
    return file;
  };
  const ordersPlaced = async (): Promise<number> => {
    const { data } = await system.ask<{ orderTotals: { count: number }[] }>('{ orderTotals { count } }');
    return data.orderTotals.reduce((sum, { count }) => sum + count, 0);
  };
  const startReplay = (trade: string) => {
    const child = spawn(process.execPath, [join(root, 'cli/src/replay.ts'), '--rate', '80', trade], {
      cwd: root,
      env: system.env,
    });
    const replay = { output: '', ended: once(child, 'exit') as Promise<[number | null]> };
    child.stdout.on('data', (chunk) => (replay.output += String(chunk)));
    child.stderr.on('data', (chunk) => (replay.output += String(chunk)));
    return replay;
  };
  const placedSoFar = () => ordersPlaced().catch(() => 0);

  it.each(['gateway', 'orders', 'inventory', 'nats-server', 'postgres'])(
    'a killed %s is started again, and no order is lost or placed twice',
    async (name) => {
      const before = await ordersPlaced();
      const replay = startReplay(await freshTrade());
      await waitUntil(async () => (await placedSoFar()) > before, { withinMs: 10_000 });
      const pid = system.pids.get(name)!;
      process.kill(pid, 'SIGKILL');
      const replaced = await waitUntil(
        () => system.pids.get(name) !== undefined && system.pids.get(name) !== pid,
        {
          withinMs: 60_000,
        },
      );
      expect(replaced).toBe(true);
      const [code] = await replay.ended;
      expect({ code, output: replay.output }).toMatchObject({ code: 0 });
    },
    180_000,
  );

  it('all killed at once come back with the next start, and a replay after that places nothing twice', async () => {
    const trade = await freshTrade();
    const before = await ordersPlaced();
    const pids = [...new Set([system.pid, ...system.pids.values()])];
    const replay = startReplay(trade);
    await waitUntil(async () => (await placedSoFar()) > before, { withinMs: 10_000 });
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await system.start();
    expect((await replay.ended)[0]).toBe(0);
    const placed = await ordersPlaced();
    const again = await system.run('replay', trade);
    expect(again).toMatchObject({ code: 0 });
    expect(await ordersPlaced()).toBe(placed);
    expect(await system.run('reconcile')).toMatchObject({ code: 0 });
  }, 240_000);
});
