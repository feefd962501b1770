import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { identifyProcess, waitUntil } from '@holdfast/servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoProducts, demoStock } from './demo-catalogue.ts';
import { readRunFile } from './run-file.ts';
import { aDataFolder, cleanUp, startProgram, untilSays } from './testing.ts';
import type { StartedProgram } from './testing.ts';

/** The real services, in the order of a first use: separate processes first, then all in one on the same data. */
describe('a first start', () => {
  let dataFolder: string;
  const started: StartedProgram[] = [];
  beforeAll(() => {
    dataFolder = aDataFolder();
  });
  afterAll(() => cleanUp(started, dataFolder));

  const start = async (env: NodeJS.ProcessEnv = {}): Promise<StartedProgram> => {
    const one = startProgram(join(import.meta.dirname, '..', 'start.ts'), dataFolder, env);
    started.push(one);
    await untilSays(one, 'Holdfast runs');
    return one;
  };
  const stop = async (one: StartedProgram): Promise<void> => {
    const all = readRunFile(dataFolder)?.processes ?? [];
    one.process.kill('SIGTERM');
    expect(await one.ended).toBe('code 0');
    expect(await Promise.all(all.map(({ pid }) => identifyProcess(pid)))).toEqual(all.map(() => null));
  };
  const ask = async (query: string) => post(readRunFile(dataFolder)?.urls.gateway ?? '', { query });
  let orderId: string;

  it('prints a curl line that places an order, which is then RESERVED', async () => {
    const one = await start();
    expect(readRunFile(dataFolder)?.processes.map(({ name }) => name)).toEqual([
      'start',
      'postgres',
      'nats-server',
      'orders',
      'inventory',
      'gateway',
    ]);
    const { url, body } = asTheShellReads(/^ *(curl .*placeOrder.*)$/m.exec(one.output())?.[1] ?? '');
    const { data } = await post(url, body);
    expect(data.placeOrder).toMatchObject({ order: { status: 'PENDING' }, problems: [] });
    orderId = data.placeOrder.order.id;
    const isReserved = async () =>
      (await ask(`{ order(id: "${orderId}") { status } }`)).data.order.status === 'RESERVED';
    expect(await waitUntil(isReserved, { withinMs: 10_000 })).toBe(true);
    await stop(one);
  });

  it('finds the order and the demo stock, loaded once, when it starts again in one process', async () => {
    const one = await start({ HOLDFAST_PROCESSES: 'one' });
    expect(readRunFile(dataFolder)?.processes.map(({ name }) => name)).toEqual([
      'start',
      'postgres',
      'nats-server',
      'services',
    ]);
    const [{ sku }] = demoProducts;
    const { data } = await ask(
      `{ order(id: "${orderId}") { status lines { quantity } } product(sku: "${sku}") { available } }`,
    );
    const loaded = demoStock
      .filter((line) => line.sku === sku)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    expect(data.order.status).toBe('RESERVED');
    expect(data.product.available).toBe(loaded - (data.order.lines[0]?.quantity ?? 0));
    await stop(one);
  });
});

/** What a shell would hand to curl; so that curl itself is not needed here. */
function asTheShellReads(line: string): { url: string; body: object } {
  const words = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${line}`], { encoding: 'utf8' });
  const [url, , header, , body] = words.split('\n').filter((word) => !word.startsWith('-s'));
  expect(header).toBe('content-type: application/json');
  return { url: url ?? '', body: JSON.parse(body ?? '') as object };
}

type Answer = {
  readonly data: {
    readonly placeOrder: { readonly order: { readonly id: string } };
    readonly order: { readonly status: string; readonly lines: readonly { readonly quantity: number }[] };
    readonly product: { readonly available: number };
  };
};

async function post(url: string, body: object): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Answer;
}
