import { expect, it } from '@jest/globals';
import { freeLoopbackPort } from '@holdfast/servers';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

it('ends at once with 0 when it is told to while PostgreSQL is away', async () => {
  const away = await freeLoopbackPort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      PATH: process.env['PATH'],
      NODE_NO_WARNINGS: '1',
      HOLDFAST_AUTH: 'off',
      ORDERS_DATABASE_URL: `postgres://orders@127.0.0.1:${away}/orders`,
      NATS_URL: `nats://127.0.0.1:${away}`,
    },
  });
  let askedAtMs = 0;
  child.stdout.on('data', (line: Buffer) => {
    if (askedAtMs > 0 || !line.includes('database-away')) return;
    askedAtMs = performance.now();
    child.kill('SIGTERM');
  });
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(performance.now() - askedAtMs).toBeLessThan(1_000);
});
