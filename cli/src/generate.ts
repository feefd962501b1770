import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { tradeLines } from './generate/trade.ts';

const usage =
  'usage: node cli/src/generate.ts [--invoices 1000] [--skus 500] [--seed 1] [--first 600000] [--out FILE.csv]';

/** Writes made-up trade for replay to a file or to standard output. Exit codes: 0 done; 2 wrong arguments or no such place. */
async function main(): Promise<number> {
  try {
    const { values } = parseArgs({
      options: {
        invoices: { type: 'string', default: '1000' },
        skus: { type: 'string', default: '500' },
        seed: { type: 'string', default: '1' },
        first: { type: 'string', default: '600000' },
        out: { type: 'string' },
      },
    });
    const shape = {
      invoices: wholeNumber('--invoices', values.invoices, 1, 100_000_000),
      skus: wholeNumber('--skus', values.skus, 1, 1_000_000),
      seed: wholeNumber('--seed', values.seed, 0, 4_294_967_295),
      firstInvoice: wholeNumber('--first', values.first, 1, 1_000_000_000),
    };
    const target = values.out === undefined ? process.stdout : createWriteStream(values.out);
    await pipeline(Readable.from(linesOf(tradeLines(shape))), target, { end: values.out !== undefined });
    return 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 0; // Whoever reads has enough.
    process.stderr.write(`generate: ${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return 2;
  }
}

function* linesOf(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(
      `${name} is ${JSON.stringify(text)}; allowed: a whole number from ${least} to ${most}`,
    );
  }
  return value;
}

process.exitCode = await main();
