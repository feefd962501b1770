import { headers as newHeaders } from '@nats-io/nats-core';
import { jetstream } from '@nats-io/jetstream';
import type { FaultKind } from '../fault.ts';
import { uuidOf } from '../uuid.ts';

const COPIES = 20;
const LAST_MESSAGES = 300;

/** Messages of a stream are published again as they were stored, under other message ids: only inboxes can absorb them. */
export const duplicate: FaultKind = {
  name: 'duplicate',
  cards: 2,
  needs: () => true,
  draw: (_, random) => {
    const stream = random.pick(['ORDERS', 'INVENTORY']);
    const messageIds = Array.from({ length: COPIES }, () => uuidOf(random));
    const places = messageIds.map(() => random.next());
    return {
      target: stream,
      claims: ['nats'],
      detail: { messageIds },
      run: async ({ world }) => {
        let copied = 0;
        await world.nats.with(async (manager, nats) => {
          const { state } = await manager.streams.info(stream);
          const from = Math.max(state.first_seq, state.last_seq - LAST_MESSAGES);
          for (const [index, place] of places.entries()) {
            const seq = from + Math.floor(place * (state.last_seq - from + 1));
            const stored = await manager.direct.getMessage(stream, { seq }).catch(() => null);
            // What the harness itself has put there proves nothing when it comes twice.
            if (stored === null || !stored.header.get('ce-id')) continue;
            const headers = newHeaders();
            for (const [name, values] of stored.header) headers.set(name, values[0] ?? '');
            headers.set('Nats-Msg-Id', messageIds[index]!);
            await jetstream(nats).publish(stored.subject, stored.data, { headers });
            copied += 1;
          }
        });
        return { copied };
      },
    };
  },
};
