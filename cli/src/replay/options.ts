import { parseArgs } from 'node:util';

export interface ReplayOptions {
  readonly files: readonly string[];
  /** Share of each file's demand that is stocked; 0 or more. */
  readonly stockShare: number;
  /** Orders a second; null for as fast as they are acknowledged. */
  readonly ratePerSecond: number | null;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** How long one request is repeated while the gateway is away. */
  readonly waitMs: number;
  readonly isStrict: boolean;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const replayUsage =
  'usage: npm run replay -- [--stock 0.9] [--concurrency 16] [--rate N] [--wait 300] [--strict] FILE.csv …';

/** Throws UsageError. */
export function replayOptions(args: readonly string[]): ReplayOptions {
  const { values, positionals } = parsed(args);
  if (positionals.length === 0) throw new UsageError('no file is given');
  const rate = values.rate === undefined ? null : numberOf('--rate', values.rate, 0.001, 100_000);
  return {
    files: positionals,
    stockShare: numberOf('--stock', values.stock ?? '0.9', 0, 1_000),
    ratePerSecond: rate,
    concurrency: Math.floor(
      numberOf('--concurrency', values.concurrency ?? (rate === null ? '16' : '64'), 1, 1_000),
    ),
    waitMs: numberOf('--wait', values.wait ?? '300', 0, 86_400) * 1_000,
    isStrict: values.strict ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        stock: { type: 'string' },
        rate: { type: 'string' },
        concurrency: { type: 'string' },
        wait: { type: 'string' },
        strict: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most) {
    throw new UsageError(`${name} is ${JSON.stringify(text)}; allowed: a number from ${least} to ${most}`);
  }
  return value;
}
