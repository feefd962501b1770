import type { NatsNode } from '../../world/nats-node.ts';
import type { World } from '../../world/world.ts';
import type { FaultKind } from '../fault.ts';
import { awaitNats, awaitStreams, type StreamName } from '../healing.ts';
import { needsCluster } from './power-loss.ts';

const streams: readonly [StreamName, StreamName] = ['ORDERS', 'INVENTORY'];

/** SIGKILL of the nats-server that leads a stream, or the cluster's own affairs; it is started again. */
export const leaderKill: FaultKind = {
  name: 'leader-kill',
  cards: 2,
  needs: needsCluster,
  draw: (_, random) => {
    const led = random.pick([...streams, 'meta'] as const);
    return {
      target: `leader of ${led}`,
      claims: ['nats'],
      run: async ({ world }) => {
        const leader = await leaderOf(world, led);
        await leader?.kill();
        await awaitNats(world);
        return { node: leader?.name ?? null };
      },
    };
  },
};

/** The leader of a stream is told to step down: another takes over while clients stay connected. */
export const leaderStepDown: FaultKind = {
  name: 'leader-step-down',
  cards: 1,
  needs: needsCluster,
  draw: (_, random) => {
    const stream = random.pick(streams);
    return {
      target: `leader of ${stream}`,
      claims: ['nats'],
      run: async ({ world }) => {
        await world.nats.with((_, nats) =>
          nats.request(`$JS.API.STREAM.LEADER.STEPDOWN.${stream}`, '', { timeout: 10_000 }),
        );
        await awaitStreams(world, [stream]);
      },
    };
  },
};

const leaderOf = (world: World, led: StreamName | 'meta'): Promise<NatsNode | null> =>
  led === 'meta' ? world.nats.metaLeader() : world.nats.leaderOf(led);
