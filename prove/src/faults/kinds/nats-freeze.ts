import { setTimeout as delay } from 'node:timers/promises';
import type { FaultKind } from '../fault.ts';
import { awaitNats } from '../healing.ts';

/** SIGSTOP of a nats-server: its connections stay open and nobody answers on them. */
export const natsFreeze: FaultKind = {
  name: 'nats-freeze',
  cards: 1,
  needs: () => true,
  draw: ({ nodes }, random) => {
    const target = random.pick(nodes)!;
    const lastsMs = random.between(3_000, 14_000);
    return {
      target,
      claims: ['nats'],
      detail: { lastsMs },
      run: async ({ world }) => {
        const node = world.nats.nodes.find(({ name }) => name === target)!;
        node.freeze();
        await delay(lastsMs);
        node.thaw();
        await awaitNats(world);
      },
    };
  },
};
