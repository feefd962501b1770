import { parseArgs } from 'node:util';
import { OptionsError, readSeed } from '../options.ts';

export interface UpgradeOptions {
  /** A tag or commit; null: the last tag. */
  readonly from: string | null;
  readonly seed: number;
  /** Whether requests that fail while a process of the earlier release ends count as its fault, which nothing mends any more. */
  readonly isEarlierForgiven: boolean;
  /** Where history, logs and results go; null: a new one under `.holdfast/prove`. */
  readonly folder: string | null;
}

const USAGE =
  'npm run prove:upgrade -- [--from TAG OR COMMIT] [--forgive-earlier] [--seed WHOLE NUMBER] [--folder FOLDER]';

/** Reads the command line. @throws OptionsError */
export function readUpgradeOptions(args: readonly string[], randomSeed: () => number): UpgradeOptions {
  const { from = null, seed, folder = null, 'forgive-earlier': isEarlierForgiven = false } = parse(args);
  return {
    from,
    seed: seed === undefined ? randomSeed() : readSeed(seed, USAGE),
    isEarlierForgiven,
    folder,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { from: text, seed: text, folder: text, 'forgive-earlier': { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw new OptionsError(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}
