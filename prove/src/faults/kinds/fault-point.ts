import { setTimeout as delay } from 'node:timers/promises';
import type { FaultKind } from '../fault.ts';
import { awaitReady } from '../healing.ts';

/** Each place, and up to which time of reaching it: facts are many, batches and commands of one process fewer. */
const points: Readonly<Record<string, number>> = {
  'relay:published': 20,
  'relay:marked': 6,
  'consumer:begun': 5,
  'consumer:committed': 5,
  'command:begun': 4,
  'command:committed': 4,
};
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
    const name = random.pick(Object.keys(points))!;
    const point = `${name}@${random.between(1, points[name]!)}`;
    return {
      target,
      claims,
      detail: { point },
      run: async ({ world }) => {
        const replica = world.replica(target);
        await replica.restartWith({ FAULT_POINT: point });
        const ended = replica.process!.ended;
        replica.forgetExtra();
        const ready = awaitReady(world, [target]);
        ready.catch(() => {}); // Its end may come first, and then nobody waits for this.
        await Promise.race([ready, ended]);
        // The relay's lease, connections that are kept alive and most messages are the other's until it goes.
        for (const name of claims) if (name !== target) await world.replica(name).kill();
        const how = await Promise.race([ended, delay(REACHED_WITHIN_MS, 'not reached')]);
        if (how === 'not reached') await replica.kill();
        await awaitReady(world, claims);
        return { isHit: how === 'signal SIGKILL' };
      },
    };
  },
};
