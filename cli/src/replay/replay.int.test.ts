import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { tradeLines } from '../generate/trade.ts';
import { reconcile } from '../reconcile/run-reconcile.ts';
import { aLine, TestFiles } from '../testing/test-files.ts';
import { startWholeTestSystem, type TestSystem } from '../testing/test-system.ts';
import { replayOptions } from './options.ts';
import { runReplay } from './run-replay.ts';

const files = new TestFiles();
let system: TestSystem;

beforeAll(async () => {
  system = await startWholeTestSystem();
}, 180_000);

afterAll(async () => {
  await system.stop();
  files.remove();
});

/** Replays files and gives the summary's rows by name, all that was said, and whether it was whole. */
async function replay(args: readonly string[], onProgress: (text: string) => void = () => undefined) {
  const lines: string[] = [];
  const isWhole = await runReplay(replayOptions(args), {
    graphqlUrl: system.graphqlUrl,
    headers: {},
    processes: () => [{ name: 'gateway', pid: system.pid('gateway') }],
    currencyCode: 'GBP',
    progress: { isTTY: true, write: onProgress },
    print: (line) => lines.push(line),
  });
  const row = (name: string): string =>
    lines.find((line) => line.startsWith(name.padEnd(20)))?.slice(20) ?? 'missing';
  return { isWhole, row, text: lines.join('\n') };
}

const balanced = (): Promise<boolean> =>
  reconcile(
    {
      ordersDatabaseUrl: system.ordersDatabaseUrl,
      inventoryDatabaseUrl: system.inventoryDatabaseUrl,
      natsUrl: system.servers.nats.url,
    },
    { settleMs: 30_000, print: () => undefined },
  );

const aTradeFile = (name: string, invoices: number, firstInvoice: number): string =>
  files.raw(name, [...tradeLines({ seed: firstInvoice, invoices, skus: 30, firstInvoice })].join('\n'));

describe('replay', () => {
  it('places every invoice once, and nothing the second time', async () => {
    const path = aTradeFile('twice.csv', 80, 1_000);
    const first = await replay([path]);
    expect(first.isWhole).toBe(true);
    const placed = Number(first.row('placed'));
    expect(placed).toBeGreaterThan(50);
    expect(first.row('already there')).toBe('0');
    expect(first.row('decided')).toMatch(/RESERVED [1-9]\d*, REJECTED [1-9]/);
    expect(first.row('placed to decided')).toMatch(/^p50 \d+ ms, p99 \d+ ms$/);
    const second = await replay([path]);
    expect(second.isWhole).toBe(true);
    expect(second.row('placed')).toBe('0');
    expect(second.row('already there')).toBe(`${placed} (nothing was placed twice)`);
    expect(second.row('decided')).toBe(first.row('decided'));
    expect(second.row('split orders')).toBe(first.row('split orders'));
    expect(await balanced()).toBe(true);
  });

  it('adds the stock and returns of a file once, whatever the share, and those of another file as well', async () => {
    const path = files.trade('stock.csv', [
      aLine({ invoice: '1', sku: 'STOCKED', quantity: 100 }),
      aLine({ invoice: 'C2', sku: 'STOCKED', quantity: -7 }),
    ]);
    const onHand = async (): Promise<number> => {
      const query = '{ product(sku: "STOCKED") { stock { onHand } } }';
      const response = await fetch(system.graphqlUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { data } = (await response.json()) as { data: { product: { stock: { onHand: number }[] } } };
      return data.product.stock.reduce((sum, level) => sum + level.onHand, 0);
    };
    await replay([path]);
    expect(await onHand()).toBe(97);
    const again = await replay(['--stock', '0.5', path]);
    expect(await onHand()).toBe(97);
    expect(again.text).toContain('received before with another share');
    await replay([files.trade('other.csv', [aLine({ invoice: '3', sku: 'STOCKED', quantity: 10 })])]);
    expect(await onHand()).toBe(106);
  });

  it('goes on where it was when the gateway is killed and comes back', async () => {
    const path = aTradeFile('killed.csv', 300, 2_000);
    let ending = null as Promise<void> | null;
    const { isWhole, row } = await replay([path], (text) => {
      if (ending !== null || !/ [1-9]\d* placed/.test(text)) return;
      ending = system.end('gateway', 'SIGKILL').then(() => system.start('gateway'));
    });
    await ending;
    expect(isWhole).toBe(true);
    expect(Number(row('requests repeated'))).toBeGreaterThan(0);
    expect(row('refused')).toBe('0');
    expect(await balanced()).toBe(true);
  });

  it('says which order was refused and places the others', async () => {
    const path = files.trade('refused.csv', [
      aLine({ invoice: '10', quantity: 1_000_001 }),
      aLine({ invoice: '11', quantity: 1 }),
      aLine({ invoice: '12', country: 'Unspecified' }),
    ]);
    const { isWhole, row, text } = await replay([path]);
    expect(isWhole).toBe(false);
    expect([row('placed'), row('refused')]).toEqual(['1', '1']);
    expect(text).toMatch(/10: \w+/);
    expect(row('country unknown')).toBe('1 invoices not placed: Unspecified 1');
  });

  it('fails for a malformed line only when it is to be strict', async () => {
    const path = files.trade('malformed.csv', [aLine({ invoice: '20' }), 'nonsense']);
    const relaxed = await replay([path]);
    expect(relaxed.isWhole).toBe(true);
    expect(relaxed.text).toContain(`${path}:3: malformed line: 1 fields instead of 8`);
    expect((await replay(['--strict', path])).isWhole).toBe(false);
  });

  it.each([
    ['says in one line that nothing runs', ['replay.ts', 'any.csv'], 2, /^replay: nothing runs.*\n$/],
    ['reconciles nothing when nothing runs', ['reconcile.ts'], 2, /^reconcile: nothing runs.*\n$/],
    ['says how it is used', ['replay.ts'], 2, /usage: npm run replay/],
  ])('%s', async (_, [program, ...args], expectedCode, expectedText) => {
    const end = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      const env = { PATH: process.env['PATH'], HOLDFAST_DATA: files.folder };
      execFile(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', program!), ...args],
        { env },
        (error, _stdout, stderr) => resolve({ code: error?.code ?? 0, stderr }),
      );
    });
    expect(end.code).toBe(expectedCode);
    expect(end.stderr).toMatch(expectedText);
  });
});
