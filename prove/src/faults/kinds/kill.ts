import type { FaultKind } from '../fault.ts';
import { awaitReady } from '../healing.ts';

/** SIGKILL of one process of a service; it is started again. */
export const kill: FaultKind = {
  name: 'kill',
  cards: 4,
  needs: () => true,
  draw: ({ replicas }, random) => {
    const target = random.pick(replicas)!;
    return {
      target,
      claims: [target],
      run: async ({ world }) => {
        await world.replica(target).kill();
        await awaitReady(world, [target]);
      },
    };
  },
};
