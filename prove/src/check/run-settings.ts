import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the checker has to know of how the system was set up: `settings.json` in the run's folder. */
export interface RunSettings {
  /** Within this long after healing all must be at rest. */
  readonly restWithinMs: number;
  /** How far back a stream is filled again after it was lost. */
  readonly tailHorizonMs: number;
  /** After this long without a decision an order is cancelled; null when it never is. */
  readonly orderDecisionMs: number | null;
  /** A run at least this long has proven little when something never happened. */
  readonly longRunMs: number;
}

export const settingsFile = 'settings.json';

const defaults: RunSettings = {
  restWithinMs: 60_000,
  tailHorizonMs: 15 * 60_000,
  orderDecisionMs: null,
  longRunMs: 10 * 60_000,
};

/** What the folder's file says, and the defaults for the rest. */
export function readRunSettings(folder: string): RunSettings {
  try {
    return { ...defaults, ...(JSON.parse(readFileSync(join(folder, settingsFile), 'utf8')) as object) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return defaults;
    throw error;
  }
}
