import { setTimeout as delay } from 'node:timers/promises';
import type { NatsNode } from '../../world/nats-node.ts';
import type { FaultKind, Injection, Site } from '../fault.ts';
import { awaitNats } from '../healing.ts';

/** A loss of power of the one nats-server, or of all three: their stores are put back to copies taken while they ran, some seconds old. */
export const powerLoss: FaultKind = {
  name: 'power-loss',
  cards: 2,
  needs: () => true,
  draw: ({ nodes }, random) => losePower('all nats-servers', nodes.length, random.between(1_000, 8_000)),
};

/** The same of one or two of three, of the leader of a stream first: what is put back is behind what the others have. */
export const nodePowerLoss: FaultKind = {
  name: 'node-power-loss',
  cards: 2,
  needs: needsCluster,
  draw: (_, random) => {
    const count = random.between(1, 2);
    const ageMs = random.between(1_000, 8_000);
    return losePower(`${count} of 3 nats-servers`, count, ageMs, random.pick(['ORDERS', 'INVENTORY']));
  },
};

export function needsCluster({ natsKind }: Site): true | string {
  return natsKind === 'cluster' || 'a cluster of nats-servers';
}

function losePower(target: string, count: number, ageMs: number, stream?: string): Injection {
  return {
    target,
    claims: ['nats'],
    detail: { ageMs },
    run: async ({ world }) => {
      const leader = stream === undefined ? null : await world.nats.leaderOf(stream);
      const others = world.nats.nodes.filter((node) => node !== leader);
      const nodes: NatsNode[] = (leader === null ? others : [leader, ...others]).slice(0, count);
      await Promise.all(nodes.map((node) => node.copyStore()));
      await delay(ageMs);
      // The power goes everywhere before anybody has it again.
      await Promise.all(nodes.map((node) => node.kill()));
      await Promise.all(nodes.map((node) => node.losePower()));
      await awaitNats(world);
      return { nodes: nodes.map(({ name }) => name) };
    },
  };
}
