import { setTimeout as delay } from 'node:timers/promises';
import type { FaultKind } from '../fault.ts';
import { awaitReady } from '../healing.ts';

const points = [
  'relay:published',
  'relay:marked',
  'consumer:begun',
  'consumer:committed',
  'command:begun',
  'command:committed',
] as const;
const REACHED_WITHIN_MS = 12_000;

/** A process that ends itself exactly at a named place in its relay, consumer or commands, once it has come there so often. */
export const faultPoint: FaultKind = {
  name: 'fault-point',
  cards: 3,
  needs: () => true,
  draw: ({ replicas }, random) => {
    const service = random.pick(['orders', 'inventory']);
    const target = `${service}-${random.between(1, 2)}`;
    const claims = replicas.filter((name) => name.startsWith(service));
    const point = random.pick(points);
    const count = point.startsWith('command') ? random.between(1, 5) : random.between(1, 30);
    return {
      target,
      claims,
      detail: { point: `${point}@${count}` },
      run: async ({ world }) => {
        const replica = world.replica(target);
        await replica.restartWith({ FAULT_POINT: `${point}@${count}` });
        const ended = replica.process!.ended;
        replica.forgetExtra();
        await Promise.race([awaitReady(world, [target]), ended]);
        // The relay's lease, and connections that are kept alive, are the other's until it goes.
        const others = claims.filter((name) => name !== target);
        if (!point.startsWith('consumer')) for (const name of others) await world.replica(name).kill();
        const how = await Promise.race([ended, delay(REACHED_WITHIN_MS, 'not reached')]);
        if (how === 'not reached') await replica.kill();
        await awaitReady(world, claims);
        return { isHit: how === 'signal SIGKILL' };
      },
    };
  },
};
