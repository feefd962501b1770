import { describe, expect, it } from '@jest/globals';
import type { OrderStatus } from '../../graphql/schema.generated.ts';
import { decidedAfterMs, timedSteps } from './order-steps.ts';
import type { OrderStep } from './order-timeline.ts';

const at = (version: number, status: OrderStatus, ms: number): OrderStep => ({
  id: `event-${version}`,
  version,
  status,
  occurredAt: new Date(1_790_000_000_000 + ms).toISOString(),
});

describe('the steps of an order', () => {
  it('tell the milliseconds since the step before, where that one is known', () => {
    const steps = timedSteps([at(1, 'PENDING', 0), at(2, 'RESERVED', 38), at(4, 'DELIVERED', 900)]);
    expect(steps.map(({ afterMs }) => afterMs)).toEqual([null, 38, null]);
  });

  it('tell a confirmation from the reservation before it', () => {
    const steps = timedSteps([at(1, 'PENDING', 0), at(2, 'RESERVED', 38), at(3, 'RESERVED', 900)]);
    expect(steps.map(({ isConfirmation }) => isConfirmation)).toEqual([false, false, true]);
  });

  it('tell how long the answer about its stock took, also after what came later', () => {
    const decided = [at(1, 'PENDING', 0), at(2, 'RESERVED', 38), at(3, 'CANCELLED', 4_000)];
    expect(decidedAfterMs(decided)).toBe(38);
    expect(decidedAfterMs(decided.slice(1))).toBeNull();
    expect(decidedAfterMs([at(1, 'PENDING', 0), at(2, 'CANCELLED', 50)])).toBeNull();
  });
});
