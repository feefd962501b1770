import { setTimeout as delay } from 'node:timers/promises';
import type { FaultKind } from '../fault.ts';
import { awaitNats } from '../healing.ts';

/** SIGKILL of a nats-server, and its start after a while. */
export const natsKill: FaultKind = {
  name: 'nats-kill',
  cards: 2,
  needs: () => true,
  draw: ({ nodes }, random) => {
    const target = random.pick(nodes)!;
    const downMs = random.between(0, 5_000);
    return {
      target,
      claims: ['nats'],
      detail: { downMs },
      run: async ({ world }) => {
        await world.nats.nodes.find(({ name }) => name === target)!.kill();
        await delay(downMs);
        await awaitNats(world);
      },
    };
  },
};
