import { describe, expect, it } from '@jest/globals';
import { randomOf } from '../load/random.ts';
import type { Site } from './fault.ts';
import { faultKinds } from './kinds.ts';
import { planFaults, sortOut, type PlannedFault } from './schedule.ts';

const single: Site = {
  natsKind: 'single',
  replicas: ['orders-1', 'orders-2', 'inventory-1', 'inventory-2', 'gateway-1', 'gateway-2'],
  nodes: ['nats-1'],
  noSmallDisk: null,
  faketime: '/usr/lib/libfaketime.so.1',
};
const cluster: Site = { ...single, natsKind: 'cluster', nodes: ['nats-1', 'nats-2', 'nats-3'] };

function planned(site: Site, seed: number, count: number): readonly PlannedFault[] {
  const { possible } = sortOut(faultKinds, site);
  const faults: PlannedFault[] = [];
  for (const fault of planFaults(possible, site, randomOf(seed))) {
    if (faults.length === count) break;
    faults.push(fault);
  }
  return faults;
}
const described = (faults: readonly PlannedFault[]) =>
  faults.map(({ pauseMs, kind, injection: { target, claims, detail } }) => ({
    pauseMs,
    kind: kind.name,
    target,
    claims,
    detail,
  }));

describe('the plan of faults', () => {
  it('is the same for the same seed, in every detail, and another one for another seed', () => {
    const plan = (seed: number) => described(planned(cluster, seed, 200));
    expect(plan(7)).toEqual(plan(7));
    expect(plan(8)).not.toEqual(plan(7));
  });

  it.each([single, cluster])('has every kind that can be had once before any twice (%#)', (site) => {
    const { possible } = sortOut(faultKinds, site);
    const first = planned(site, 3, possible.length).map(({ kind }) => kind.name);
    expect([...first].sort()).toEqual(possible.map(({ name }) => name).sort());
  });

  it('goes on with each kind as often as it has cards', () => {
    const { possible } = sortOut(faultKinds, cluster);
    const cards = possible.reduce((sum, kind) => sum + kind.cards, 0);
    const second = planned(cluster, 5, possible.length + cards).slice(possible.length);
    for (const { name, cards: wanted } of possible) {
      expect({ name, cards: second.filter(({ kind }) => kind.name === name).length }).toEqual({
        name,
        cards: wanted,
      });
    }
  });

  it('claims only what is there, and something always', () => {
    const known = new Set([...cluster.replicas, 'postgres', 'nats']);
    for (const { kind, injection } of planned(cluster, 11, 300)) {
      expect({ kind: kind.name, claims: injection.claims.filter((claim) => known.has(claim)) }).toEqual({
        kind: kind.name,
        claims: injection.claims,
      });
      expect(injection.claims.length).toBeGreaterThan(0);
    }
  });

  it('leaves out what cannot be had, and says why', () => {
    const poor = { ...single, noSmallDisk: 'no tmpfs', faketime: null };
    const { possible, skipped } = sortOut(faultKinds, poor);
    expect(Object.fromEntries(skipped.map(({ kind, why }) => [kind.name, why]))).toEqual({
      clock: 'libfaketime',
      'disk-full-postgres': 'no tmpfs',
      'disk-full-nats': 'no tmpfs',
      'node-power-loss': 'a cluster of nats-servers',
      'leader-kill': 'a cluster of nats-servers',
      'leader-step-down': 'a cluster of nats-servers',
    });
    expect(possible.length + skipped.length).toBe(faultKinds.length);
  });

  it('ends at once when nothing can be had', () => {
    expect(planFaults([], single, randomOf(1)).next().done).toBe(true);
  });
});
