import type { OrderStatus, ReservationStatus } from '../../graphql/schema.generated.ts';

/** One change of an order: version 1 is its placing. */
export interface OrderStep {
  readonly id: string;
  readonly version: number;
  readonly status: OrderStatus;
  readonly occurredAt: string;
}

/** What a reading of an order has to hold to be put in line with its changes. */
export interface OrderReading {
  readonly version: number;
  readonly status: OrderStatus;
  readonly events: readonly OrderStep[];
  readonly reservation: { readonly status: ReservationStatus } | null;
}

/** What is known of one order from readings and changes, in whatever order they arrived. */
export interface OrderTimeline<Reading extends OrderReading> {
  /** The reading of the highest version. */
  readonly reading: Reading | null;
  /** Each change once, in order of version; there may be gaps. */
  readonly steps: readonly OrderStep[];
}

export const emptyTimeline = { reading: null, steps: [] } as const;

/** A change that is known already, by whichever way it came, changes nothing. */
export function withStep<Reading extends OrderReading>(
  timeline: OrderTimeline<Reading>,
  step: OrderStep,
): OrderTimeline<Reading> {
  const steps = mergeSteps(timeline.steps, [step]);
  return steps === timeline.steps ? timeline : { ...timeline, steps };
}

/** Of two readings the one of the higher version stands; of equal ones the later, unless a service was away when it was made. */
export function withReading<Reading extends OrderReading>(
  timeline: OrderTimeline<Reading>,
  reading: Reading,
): OrderTimeline<Reading> {
  const held = timeline.reading;
  const isNewer =
    held === null ||
    reading.version > held.version ||
    (reading.version === held.version && (held.reservation === null || reading.reservation !== null));
  return { reading: isNewer ? reading : held, steps: mergeSteps(timeline.steps, reading.events) };
}

/** The highest version that anything has told of; 0 when nothing has. */
export const knownVersion = ({ reading, steps }: OrderTimeline<OrderReading>): number =>
  Math.max(reading?.version ?? 0, steps.at(-1)?.version ?? 0);

/** The version up to which no change is missing: what a subscription goes on after. */
export function gaplessVersion({ steps }: OrderTimeline<OrderReading>): number {
  const gap = steps.findIndex(({ version }, place) => version !== place + 1);
  return gap === -1 ? steps.length : gap;
}

/** The status at the known version, which a change may tell before a reading does. */
export function knownStatus({ reading, steps }: OrderTimeline<OrderReading>): OrderStatus | null {
  const last = steps.at(-1);
  if (last !== undefined && last.version > (reading?.version ?? 0)) return last.status;
  return reading?.status ?? null;
}

/**
 * Whether the order has to be read again: a change is newer than the reading, one is missing in between, or what
 * inventory tells of the order has not caught up with what orders does.
 */
export function isBehind(timeline: OrderTimeline<OrderReading>): boolean {
  const { reading, steps } = timeline;
  const version = knownVersion(timeline);
  return (
    reading === null || reading.version < version || steps.length < version || !isReservationTold(reading)
  );
}

function isReservationTold({ status, reservation }: OrderReading): boolean {
  switch (status) {
    case 'PENDING':
    case 'REJECTED':
      return true;
    case 'CANCELLED':
      return reservation?.status !== 'HELD';
    case 'RESERVED':
    case 'SHIPPING':
    case 'DELIVERED':
      return reservation !== null;
  }
}

function mergeSteps(held: readonly OrderStep[], arrived: readonly OrderStep[]): readonly OrderStep[] {
  const known = new Set(held.map(({ version }) => version));
  const added = arrived.filter(({ version }) => !known.has(version) && known.add(version));
  return added.length === 0 ? held : [...held, ...added].sort((one, other) => one.version - other.version);
}
