import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { Gauge } from 'prom-client';
import { startHttp, type Http } from './http.ts';
import { createLogger } from './logger.ts';

describe('an HTTP server', () => {
  let http: Http;
  beforeAll(async () => {
    http = await startHttp({
      name: 'sample',
      host: '127.0.0.1',
      port: 0,
      log: createLogger('sample', 'silent'),
      readiness: async () => ({ isReady: true, body: {} }),
      bodyLimitBytes: 1_000,
      routes: async (server) => void server.post('/', async () => 'taken'),
    });
  });
  afterAll(() => http.stop());

  const post = async (pieces: Iterable<string> | AsyncIterable<string>): Promise<number | undefined> => {
    const sent = request(http.url, { method: 'POST', headers: { 'content-type': 'text/plain' } });
    const [[answer]] = await Promise.all([once(sent, 'response'), pipeline(Readable.from(pieces), sent)]);
    const { statusCode } = (answer as IncomingMessage).resume();
    return statusCode;
  };
  async function* slowly(): AsyncGenerator<string> {
    for (let piece = 0; piece < 64; piece += 1) yield await setImmediate('x'.repeat(64 * 1024));
  }

  it('lets a client that still sends see that its body is too large', async () => {
    for (let time = 0; time < 10; time += 1) expect(await post(slowly())).toBe(413);
    expect(await post(['x'.repeat(1_000)])).toBe(200);
  });
});

describe('an HTTP server with a port for its metrics', () => {
  const start = (metricsPort?: number) =>
    startHttp({
      name: 'sample',
      host: '127.0.0.1',
      port: 0,
      metricsPort,
      log: createLogger('sample', 'silent'),
      readiness: async () => ({ isReady: true, body: {} }),
      bodyLimitBytes: 1_000,
      routes: async (server, registry) => {
        registry.registerMetric(new Gauge({ name: 'sample_gauge', help: 'a sample', registers: [] }));
        server.get('/', async () => 'served');
      },
    });
  const statusOf = async (url: string) => (await fetch(url)).status;

  it('serves them there and nothing else, and no more on the other port', async () => {
    const http = await start(0);
    const text = await (await fetch(http.metricsUrl)).text();
    expect(text).toContain('sample_gauge{service="sample"} 0');
    expect(await statusOf(`${http.url}/metrics`)).toBe(404);
    for (const path of ['/', '/livez', '/readyz']) {
      expect(await statusOf(http.url + path)).toBe(200);
      expect(await statusOf(new URL(path, http.metricsUrl).href)).toBe(404);
    }
    await http.stop();
    await expect(fetch(http.metricsUrl)).rejects.toThrow('fetch failed');
  });

  it('serves them with everything else when it has none', async () => {
    const http = await start();
    expect(http.metricsUrl).toBe(`${http.url}/metrics`);
    expect(await statusOf(`${http.url}/nowhere`)).toBe(404);
    const text = await (await fetch(http.metricsUrl)).text();
    expect(text).toMatch(/_duration_seconds_count{.*method="GET",route="none",status="404"} 1$/m);
    await http.stop();
  });

  it('listens on no port when the one for metrics is taken', async () => {
    const http = await start(0);
    const taken = Number(new URL(http.metricsUrl).port);
    await expect(start(taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await http.stop();
  });
});

describe('an HTTP server that stops', () => {
  it('answers every request on connections that its clients keep, and has them leave', async () => {
    const http = await startHttp({
      name: 'sample',
      host: '127.0.0.1',
      port: 0,
      log: createLogger('sample', 'silent'),
      readiness: async () => ({ isReady: true, body: {} }),
      bodyLimitBytes: 1_000,
      routes: async (server) => void server.post('/', async () => delay(5, 'done')),
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const answers: (number | string)[] = [];
    const caller = { isDone: false };
    const ask = async (): Promise<void> => {
      while (!caller.isDone) {
        const sent = request(http.url, { method: 'POST', agent }).end();
        try {
          const [answer] = (await once(sent, 'response')) as [IncomingMessage];
          answers.push(`${answer.statusCode} ${answer.headers.connection}`);
          await once(answer.resume(), 'end');
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') answers.push(String(error));
          caller.isDone = true;
        }
      }
    };
    const asking = Array.from({ length: 4 }, ask);
    while (answers.length < 40) await setImmediate();
    const stopped = http.stop();
    // As behind a balancer: who is told to leave does not come back here.
    while (!answers.includes('200 close') && !caller.isDone) await setImmediate();
    caller.isDone = true;
    await Promise.all(asking);
    await stopped;
    expect(new Set(answers)).toEqual(new Set(['200 keep-alive', '200 close']));
    agent.destroy();
  });
});
