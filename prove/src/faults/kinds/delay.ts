import { setTimeout as wait } from 'node:timers/promises';
import type { FaultKind } from '../fault.ts';

/** Every message between one process and NATS is late by up to a second and a half each way. */
export const delay: FaultKind = {
  name: 'delay',
  cards: 2,
  needs: () => true,
  draw: ({ replicas }, random) => {
    const target = random.pick(replicas)!;
    const [outMs, backMs] = [random.between(0, 1_500), random.between(0, 1_500)];
    const lastsMs = random.between(2_000, 8_000);
    return {
      target: `${target} from nats`,
      claims: [target],
      detail: { outMs, backMs, lastsMs },
      run: async ({ world }) => {
        const { links } = world.replica(target);
        links.impose('nats', { upward: { delayMs: outMs }, downward: { delayMs: backMs } });
        await wait(lastsMs);
        links.heal('nats');
      },
    };
  },
};
