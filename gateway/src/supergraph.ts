import { Supergraph } from '@apollo/federation-internals';
import { readFile } from 'node:fs/promises';

const file = new URL('../supergraph.graphql', import.meta.url);

/** The supergraph that scripts/compose.ts wrote. */
export async function readSupergraph(): Promise<{ sdl: string; supergraph: Supergraph }> {
  const sdl = await readFile(file, 'utf8');
  return { sdl, supergraph: Supergraph.build(sdl) };
}
