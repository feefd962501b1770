import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connectNats, requireStream } from '@holdfast/messaging';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { createLogger } from './logger.ts';

let servers: TestServers;
beforeAll(async () => {
  servers = await startTestServers({ parts: ['nats'] });
});
afterAll(() => servers?.stop());

const runJob = (settings: Readonly<Record<string, string>>) =>
  new Promise<{ exit: unknown; said: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', LOG_LEVEL: 'silent', ...settings };
    execFile(process.execPath, [join(import.meta.dirname, 'topology-job.ts')], { env }, (error, _out, said) =>
      resolve({ exit: error?.code ?? 0, said }),
    );
  });

async function maxBytes(): Promise<number> {
  const nats = await connectNats({
    url: servers.nats.url,
    name: 'witness',
    signal: AbortSignal.timeout(10_000),
    log: createLogger('witness', 'silent'),
  });
  const { config } = await requireStream(nats, 'orders');
  await nats.close();
  return config.max_bytes;
}

it('the topology job makes the streams, updates them when it is repeated, and ends with 0', async () => {
  const NATS_URL = servers.nats.url;
  expect(await runJob({ NATS_URL })).toEqual({ exit: 0, said: '' });
  expect(await maxBytes()).toBe(-1);
  for (let time = 0; time < 2; time += 1)
    expect(await runJob({ NATS_URL, NATS_STREAM_MAX_BYTES: '50000000' })).toEqual({ exit: 0, said: '' });
  expect(await maxBytes()).toBe(50_000_000);
});

it('the topology job ends with 1 and says why when a setting is wrong', async () => {
  const { exit, said } = await runJob({ NATS_URL: servers.nats.url, NATS_STREAM_REPLICAS: '9' });
  expect([exit, said]).toEqual([1, 'NATS_STREAM_REPLICAS is "9"; allowed: a whole number from 1 to 5\n']);
});
