import { parseArgs } from 'node:util';
import { faultKinds } from './faults/kinds.ts';

export interface ProveOptions {
  readonly seed: number;
  readonly minutes: number;
  /** Where history, logs and results go; null: a new one under `.holdfast/prove`. */
  readonly folder: string | null;
  /** Names of the kinds of faults; null: all. */
  readonly faults: readonly string[] | null;
  /** A folder of an earlier run, to be checked again; then nothing is started. */
  readonly replay: string | null;
}

/** Arguments that say nothing that can be done; the message says what is allowed. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

const USAGE =
  'npm run prove -- [--seed WHOLE NUMBER] [--minutes 0.2 to 1440] [--folder FOLDER] [--faults KIND,KIND] | --replay FOLDER';
const LARGEST_SEED = 2 ** 31 - 1;
const DEFAULT_MINUTES = 3;

/** Reads the command line. @throws OptionsError */
export function readOptions(args: readonly string[], randomSeed: () => number): ProveOptions {
  const values = parse(args);
  return {
    seed: values.seed === undefined ? randomSeed() : readSeed(values.seed, USAGE),
    minutes: values.minutes === undefined ? DEFAULT_MINUTES : minutesOf(values.minutes),
    folder: values.folder ?? null,
    faults: values.faults === undefined ? null : faultsOf(values.faults),
    replay: values.replay ?? null,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { seed: text, minutes: text, folder: text, faults: text, replay: text },
    }).values;
  } catch (error) {
    throw new OptionsError(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}

/** @throws OptionsError that ends with `usage` */
export function readSeed(text: string, usage: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= LARGEST_SEED) return seed;
  throw new OptionsError(`--seed is "${text}"; allowed: a whole number from 0 to ${LARGEST_SEED}\n${usage}`);
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (text !== '' && minutes >= 0.2 && minutes <= 1_440) return minutes;
  throw new OptionsError(`--minutes is "${text}"; allowed: 0.2 to 1440\n${USAGE}`);
}

function faultsOf(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !faultKinds.some((kind) => kind.name === name));
  if (unknown.length === 0) return names;
  const known = faultKinds.map(({ name }) => name).join(', ');
  throw new OptionsError(`--faults names ${unknown.join(', ')}; known: ${known}`);
}
