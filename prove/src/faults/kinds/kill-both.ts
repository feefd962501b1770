import type { FaultKind } from '../fault.ts';
import { awaitReady } from '../healing.ts';

/** SIGKILL of all processes of a service at once: for a moment there is none. */
export const killBoth: FaultKind = {
  name: 'kill-both',
  cards: 1,
  needs: () => true,
  draw: ({ replicas }, random) => {
    const target = random.pick(['orders', 'inventory', 'gateway']);
    const names = replicas.filter((name) => name.startsWith(target));
    return {
      target,
      claims: names,
      run: async ({ world }) => {
        await Promise.all(names.map((name) => world.replica(name).kill()));
        await awaitReady(world, names);
      },
    };
  },
};
