import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultKind } from '../fault.ts';
import { awaitReady } from '../healing.ts';

/** The wall clock of one process jumps while it runs, forward or back by minutes and perhaps again; its monotonic clock goes on. */
export const clock: FaultKind = {
  name: 'clock',
  cards: 2,
  needs: ({ faketime }) => faketime !== null || 'libfaketime',
  draw: ({ replicas }, random) => {
    const target = random.pick(replicas)!;
    const jumps = Array.from({ length: random.between(1, 2) }, () => ({
      minutes: random.between(1, 40) * random.pick([1, -1]),
      lastsMs: random.between(2_000, 6_000),
    }));
    return {
      target,
      claims: [target],
      detail: { jumps },
      run: async ({ world }) => {
        const replica = world.replica(target);
        const file = join(world.scratchFolder, `clock-${target}`);
        const turnTo = (minutes: number) => writeFileSync(file, `${minutes < 0 ? '' : '+'}${minutes}m\n`);
        turnTo(0);
        await replica.restartWith({
          LD_PRELOAD: world.faketime!,
          FAKETIME_TIMESTAMP_FILE: file,
          FAKETIME_NO_CACHE: '1',
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
        });
        await awaitReady(world, [target]);
        for (const { minutes, lastsMs } of jumps) {
          turnTo(minutes);
          await delay(lastsMs);
        }
        await replica.restartWith({});
        await awaitReady(world, [target]);
      },
    };
  },
};
