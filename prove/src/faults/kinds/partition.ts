import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../load/random.ts';
import type { FarEnd } from '../../world/links.ts';
import type { Conditions } from '../../world/proxy.ts';
import type { FaultKind, Injection, Site } from '../fault.ts';
import { awaitReady } from '../healing.ts';

const ways: Readonly<Record<string, Partial<Conditions>>> = {
  'stalled out': { upward: 'stalled' },
  'stalled back': { downward: 'stalled' },
  'stalled both ways': { upward: 'stalled', downward: 'stalled' },
  cut: { isReachable: false },
};

/** One process and NATS do not hear each other, one way or both, or every connection is reset. */
export const partitionFromNats: FaultKind = {
  name: 'partition-nats',
  cards: 2,
  needs: () => true,
  draw: ({ replicas }, random) => separate(random.pick(replicas)!, 'nats', random),
};

/** The same between one process and its database. */
export const partitionFromPostgres: FaultKind = {
  name: 'partition-postgres',
  cards: 2,
  needs: () => true,
  draw: (site, random) => separate(random.pick(without(site, 'gateway'))!, 'postgres', random),
};

/** The same between one gateway and all processes of a subgraph. */
export const partitionFromSubgraph: FaultKind = {
  name: 'partition-subgraph',
  cards: 2,
  needs: () => true,
  draw: ({ replicas }, random) => {
    const gateway = random.pick(replicas.filter((name) => name.startsWith('gateway')))!;
    return separate(gateway, random.pick(['orders', 'inventory'] as const), random);
  },
};

const without = ({ replicas }: Site, service: string): readonly string[] =>
  replicas.filter((name) => !name.startsWith(service));

function separate(name: string, farEnd: FarEnd, random: Random): Injection {
  const way = random.pick(Object.keys(ways))!;
  const lastsMs = random.between(2_000, 14_000);
  return {
    target: `${name} from ${farEnd}`,
    claims: [name],
    detail: { way, lastsMs },
    run: async ({ world }) => {
      const { links } = world.replica(name);
      links.impose(farEnd, ways[way]!);
      await delay(lastsMs);
      links.heal(farEnd);
      await awaitReady(world, [name]);
    },
  };
}
