import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of the whole repository. */
export const REPOSITORY = resolve(import.meta.dirname, '..', '..', '..');

/** What its package.json says. */
export const repositoryPackage = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
  readonly version: string;
  /** Such as npm@11.0.0 */
  readonly packageManager: string;
};
