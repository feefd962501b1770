import type { OrderStep } from './order-timeline.ts';

export interface TimedStep extends OrderStep {
  /** Since the step before; null of the first, and of one whose predecessor is not known. */
  readonly afterMs: number | null;
  /** It left the order RESERVED: what was held for a time is promised without end. */
  readonly isConfirmation: boolean;
}

/** Steps with the milliseconds between them. */
export const timedSteps = (steps: readonly OrderStep[]): readonly TimedStep[] =>
  steps.map((step, place) => {
    const before = steps[place - 1];
    return {
      ...step,
      afterMs: before?.version === step.version - 1 ? msBetween(before, step) : null,
      isConfirmation: before?.status === 'RESERVED' && step.status === 'RESERVED',
    };
  });

/** How long an order waited for the answer about its stock; null while it waits, and when it was cancelled first. */
export function decidedAfterMs(steps: readonly OrderStep[]): number | null {
  const placed = steps.find(({ version }) => version === 1);
  const decided = steps.find(({ status }) => status === 'RESERVED' || status === 'REJECTED');
  return placed === undefined || decided === undefined ? null : msBetween(placed, decided);
}

const msBetween = (one: OrderStep, other: OrderStep): number =>
  Date.parse(other.occurredAt) - Date.parse(one.occurredAt);
