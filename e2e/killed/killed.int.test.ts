import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { System } from '../system.ts';

const root = resolve(import.meta.dirname, '../..');

describe('processes killed with SIGKILL in the middle of a replay', () => {
  let system: System;
  let trade: string;
  let replay: { output: string; readonly ended: Promise<[number | null]> };

  beforeAll(async () => {
    system = await System.start();
    trade = join(system.dataFolder, 'trade.csv');
    const shape = ['--invoices', '1500', '--skus', '120', '--seed', '1'];
    expect(await system.run('generate', ...shape, '--out', trade)).toMatchObject({ code: 0 });
    replay = startReplay();
  }, 180_000);
  afterAll(() => system?.remove());

  /** Slow enough to last over every kill. */
  const startReplay = () => {
    const child = spawn(process.execPath, [join(root, 'cli/src/replay.ts'), '--rate', '15', trade], {
      cwd: root,
      env: system.env,
    });
    const started = { output: '', ended: once(child, 'exit') as Promise<[number | null]> };
    child.stdout.on('data', (chunk) => (started.output += String(chunk)));
    child.stderr.on('data', (chunk) => (started.output += String(chunk)));
    return started;
  };
  const ordersPlaced = async (): Promise<number> => {
    const { data } = await system.ask<{ orderTotals: { count: number }[] }>('{ orderTotals { count } }');
    return data.orderTotals.reduce((sum, { count }) => sum + count, 0);
  };
  /** Waits until the count is seen to grow, which may take two readings from a system that comes back. */
  const awaitPlacing = async (): Promise<void> => {
    let before = Infinity;
    const hasGrown = async (): Promise<boolean> => {
      const placed = await ordersPlaced().catch(() => before);
      const isMore = placed > before;
      before = Math.min(before, placed);
      return isMore;
    };
    expect(await waitUntil(hasGrown, { withinMs: 60_000 })).toBe(true);
  };

  it.each(['gateway', 'orders', 'inventory', 'nats-server', 'postgres'])(
    'a killed %s is started again, and orders are placed on',
    async (name) => {
      await awaitPlacing();
      const pid = system.pids.get(name)!;
      process.kill(pid, 'SIGKILL');
      const isReplaced = () => system.pids.get(name) !== undefined && system.pids.get(name) !== pid;
      expect(await waitUntil(isReplaced, { withinMs: 60_000 })).toBe(true);
      await awaitPlacing();
    },
    180_000,
  );

  it('all killed at once come back with the next start, and no order is lost or placed twice, also not by a second replay', async () => {
    await awaitPlacing();
    const pids = [...new Set([system.pid, ...system.pids.values()])];
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await system.start();
    const [code] = await replay.ended;
    expect({ code, output: replay.output }).toMatchObject({ code: 0 });
    const placed = await ordersPlaced();
    expect(await system.run('replay', trade)).toMatchObject({ code: 0 });
    expect(await ordersPlaced()).toBe(placed);
    expect(await system.run('reconcile')).toMatchObject({ code: 0 });
  }, 300_000);
});
