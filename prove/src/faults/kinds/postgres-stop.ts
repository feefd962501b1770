import { setTimeout as delay } from 'node:timers/promises';
import type { FaultKind } from '../fault.ts';

/** An immediate stop of PostgreSQL (SIGQUIT), which has to recover from its log when it is started again. */
export const postgresStop: FaultKind = {
  name: 'postgres-stop',
  cards: 2,
  needs: () => true,
  draw: (_, random) => {
    const downMs = random.between(0, 4_000);
    return {
      target: 'postgres',
      claims: ['postgres'],
      detail: { downMs },
      run: async ({ world }) => {
        await world.postgres.stopAtOnce();
        await delay(downMs);
        await world.postgres.start();
      },
    };
  },
};
