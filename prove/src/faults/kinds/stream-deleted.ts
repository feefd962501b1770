import { setTimeout as delay } from 'node:timers/promises';
import type { FaultKind } from '../fault.ts';
import { awaitStreams, type StreamName } from '../healing.ts';

/** A stream is deleted with all it has. Where services may not make streams, the job of a release makes it again. */
export const streamDeleted: FaultKind = {
  name: 'stream-deleted',
  cards: 1,
  needs: () => true,
  draw: (_, random) => {
    const stream = random.pick(['ORDERS', 'INVENTORY'] as const satisfies StreamName[]);
    const awayMs = random.between(0, 3_000);
    return {
      target: stream,
      claims: ['nats'],
      detail: { losesStream: true },
      run: async ({ world }) => {
        await world.nats.with((manager) => manager.streams.delete(stream));
        await delay(awayMs);
        await world.provideStreams();
        await awaitStreams(world, [stream]);
      },
    };
  },
};
