import { describe, expect, it } from '@jest/globals';
import type { Manifest } from '../manifests/manifest.ts';
import { rehearse, type RehearsalResult } from './rehearse.ts';

/** Manifests' waiting times are divided by this; what the programs themselves wait for is not. */
const PACE = 5;
/** Little, since tests share the machine: enough for some orders in each step of each restart. */
const ORDERS_PER_SECOND = 4;
const MINUTES = 60_000;
const orders = ({ restarts }: RehearsalResult): number =>
  restarts.reduce((sum, { placed }) => sum + placed, 0);
const attempts = ({ refusals }: RehearsalResult): number =>
  refusals.reduce((sum, { count }) => sum + count, 0);

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a rehearsal', () => {
  it.each([
    ['local', 4],
    ['production', 4],
  ] as const)(
    'of %s restarts every workload under load without a failed request or a missed version, and refuses what must be refused',
    async (overlay, workloads) => {
      const said: string[] = [];
      const result = await rehearse({
        overlay,
        pace: PACE,
        ordersPerSecond: ORDERS_PER_SECOND,
        say: (line) => said.push(line),
      });
      console.log(said.join('\n'));
      expect(result.flaws).toEqual([]);
      expect(result.restarts).toHaveLength(workloads);
      expect(orders(result)).toBeGreaterThan(80);
      expect(attempts(result)).toBeGreaterThan(200);
      expect(result.longWatched.missedVersions).toBe(0);
    },
    15 * MINUTES,
  );

  it(
    'says which variable a container lacks',
    async () => {
      const change = (manifests: readonly Manifest[]) =>
        manifests.filter(
          ({ kind, metadata }) => kind !== 'Secret' || !metadata.name.startsWith('nats-topology'),
        );
      await expect(rehearse({ overlay: 'local', pace: PACE, change })).rejects.toThrow(
        /NATS_(USER|TOPOLOGY_PASSWORD) needs Secret/,
      );
    },
    2 * MINUTES,
  );
});
