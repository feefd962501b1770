import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf, type ContainerEngine } from './container-engine.ts';
import { REPOSITORY } from './repository.ts';

/** The images that the Dockerfile's ARGs of the same names stand for. */
export interface BaseImages {
  readonly node: string;
  readonly runtime: string;
  readonly origin: 'registry' | 'distribution';
}

const PULLED_WITHIN_MS = 60_000;

/** Those that the Dockerfile names itself. */
export function namedBaseImages(): BaseImages {
  const dockerfile = readFileSync(join(REPOSITORY, 'Dockerfile'), 'utf8');
  const named = (argument: string): string =>
    new RegExp(`^ARG ${argument}=(\\S+)$`, 'm').exec(dockerfile)?.[1] ?? missing(argument);
  return { node: named('NODE_IMAGE'), runtime: named('RUNTIME_IMAGE'), origin: 'registry' };
}

/** Why they cannot be had from their registry within a minute, or null when they can: the smaller one, 30 MB, is pulled to see. */
export async function whyNotToBePulled(engine: ContainerEngine, images: BaseImages): Promise<string | null> {
  const isHere = async (image: string): Promise<boolean> =>
    (await engine.run(['images', '--quiet', image]).catch(() => '')).trim() !== '';
  if ((await isHere(images.node)) && (await isHere(images.runtime))) return null;
  try {
    await engine.run(['pull', images.runtime], { timeoutMs: PULLED_WITHIN_MS });
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

function missing(argument: string): never {
  throw new Error(`The Dockerfile has no line ARG ${argument}=…`);
}
