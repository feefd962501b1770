import { setTimeout as delay } from 'node:timers/promises';
import type { SmallDisk } from '../../world/small-disk.ts';
import type { FaultKind, Site } from '../fault.ts';
import { awaitNats } from '../healing.ts';

const REFILL_MS = 100;
const RECOVERS_WITHIN_MS = 8_000;

/** Not a byte is left under PostgreSQL for a while; when that ends it, it is started again once there is room. */
export const diskFullPostgres: FaultKind = {
  name: 'disk-full-postgres',
  cards: 1,
  needs: needsSmallDisk,
  draw: (_, random) => {
    const lastsMs = random.between(3_000, 8_000);
    return {
      target: 'postgres',
      claims: ['postgres'],
      detail: { lastsMs },
      run: async ({ world }) => {
        await keepFull(world.postgres.disk, lastsMs);
        const hasEnded = !world.postgres.isRunning;
        await world.postgres.start();
        return { hasEnded };
      },
    };
  },
};

/**
 * The same under the store of a nats-server. A stream of which one write has failed takes no more, says so on /healthz, and does
 * so until its server is restarted: as a probe of liveness would.
 */
export const diskFullNats: FaultKind = {
  name: 'disk-full-nats',
  cards: 1,
  needs: needsSmallDisk,
  draw: ({ nodes }, random) => {
    const target = random.pick(nodes)!;
    const lastsMs = random.between(3_000, 8_000);
    return {
      target,
      claims: ['nats'],
      detail: { lastsMs },
      run: async ({ world }) => {
        const node = world.nats.nodes.find(({ name }) => name === target)!;
        await keepFull(node.disk, lastsMs);
        const isHealthy = await node.isHealthy(RECOVERS_WITHIN_MS);
        if (!isHealthy) await node.kill();
        await awaitNats(world);
        return { isRestarted: !isHealthy };
      },
    };
  },
};

function needsSmallDisk({ noSmallDisk }: Site): true | string {
  return noSmallDisk ?? true;
}

/** What is freed meanwhile, such as a log that is switched, is taken at once. */
async function keepFull(disk: SmallDisk, lastsMs: number): Promise<void> {
  const until = performance.now() + lastsMs;
  try {
    while (performance.now() < until) {
      disk.fill();
      await delay(REFILL_MS);
    }
  } finally {
    disk.free();
  }
}
