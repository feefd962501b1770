import { waitUntil } from '@holdfast/servers';
import type { World } from '../world/world.ts';
import { NotHealedError } from './fault.ts';

const READY_WITHIN_MS = 120_000;
const STREAM_WITHIN_MS = 60_000;
const streams = ['ORDERS', 'INVENTORY'] as const;
export type StreamName = (typeof streams)[number];

/** Resolves when these processes are ready. Rejects with NotHealedError after two minutes. */
export async function awaitReady(world: World, names: readonly string[]): Promise<void> {
  const ready = await Promise.all(names.map((name) => world.replica(name).becomesReady(READY_WITHIN_MS)));
  const late = names.filter((_, index) => !ready[index]);
  if (late.length > 0) throw new NotHealedError(`not ready within ${READY_WITHIN_MS} ms: ${late.join(', ')}`);
}

/** Resolves when every nats-server runs and serves its streams, and both streams take messages. */
export async function awaitNats(world: World): Promise<void> {
  if (!(await world.nats.startAll())) throw new NotHealedError('nats-server is not healthy within a minute');
  await awaitStreams(world, streams);
}

/** Resolves when these streams are there and have a leader. */
export async function awaitStreams(world: World, names: readonly StreamName[]): Promise<void> {
  const isThere = (name: StreamName): Promise<boolean> =>
    world.nats
      .with((manager) => manager.streams.info(name))
      .then(
        ({ cluster }) => world.natsKind === 'single' || cluster?.leader !== undefined,
        () => false,
      );
  const all = async () => (await Promise.all(names.map(isThere))).every(Boolean);
  if ((await waitUntil(all, { withinMs: STREAM_WITHIN_MS, everyMs: 250 })) === null) {
    throw new NotHealedError(`streams not there within ${STREAM_WITHIN_MS} ms: ${names.join(', ')}`);
  }
}
