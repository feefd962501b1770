import { setTimeout as delay } from 'node:timers/promises';
import type { FaultKind } from '../fault.ts';
import { awaitReady } from '../healing.ts';

/** SIGSTOP of a process for longer than its relay's lease (5 s), and often than its messages' ack wait (10 s); then SIGCONT. */
export const freeze: FaultKind = {
  name: 'freeze',
  cards: 3,
  needs: () => true,
  draw: ({ replicas }, random) => {
    const target = random.pick(replicas)!;
    const lastsMs = random.between(6_000, 13_000);
    return {
      target,
      claims: [target],
      detail: { lastsMs },
      run: async ({ world }) => {
        world.replica(target).freeze();
        await delay(lastsMs);
        world.replica(target).thaw();
        await awaitReady(world, [target]);
      },
    };
  },
};
