import type { FaultKind } from '../fault.ts';

/** pg_terminate_backend of all connections to a service's database, or of about half of them. */
export const terminateBackends: FaultKind = {
  name: 'terminate-backends',
  cards: 3,
  needs: () => true,
  draw: (_, random) => {
    const target = random.pick(['orders', 'inventory']);
    const share = random.chance(0.5) ? 1 : 0.5;
    return {
      target: `database ${target}`,
      claims: ['postgres'],
      detail: { share },
      run: async ({ world }) => {
        const [row] = await world.postgres.query<{ ended: number }>(
          'postgres',
          `select count(*) filter (where pg_terminate_backend(pid))::int as ended from pg_stat_activity
           where datname = $1 and (pid % 100) < $2`,
          [target, share * 100],
        );
        return { ended: row!.ended };
      },
    };
  },
};
