import { describe, expect, it } from '@jest/globals';
import {
  emptyTimeline,
  gaplessVersion,
  isBehind,
  knownStatus,
  knownVersion,
  withReading,
  withStep,
  type OrderReading,
  type OrderStep,
  type OrderTimeline,
} from './order-timeline.ts';

const placed = aStep(1, 'PENDING');
const reserved = aStep(2, 'RESERVED');
const cancelled = aStep(3, 'CANCELLED');
const held = { status: 'HELD' } as const;
const released = { status: 'RELEASED' } as const;

describe('the steps of an order', () => {
  it('stand once each and in order of version, however they arrive', () => {
    const timeline = [cancelled, placed, cancelled, reserved, placed].reduce(
      withStep<OrderReading>,
      emptyTimeline,
    );
    expect(timeline.steps).toEqual([placed, reserved, cancelled]);
  });

  it('are the same object again when nothing is new', () => {
    const timeline = withStep<OrderReading>(emptyTimeline, placed);
    expect(withStep(timeline, placed)).toBe(timeline);
  });

  it('come from a reading as well as from a subscription', () => {
    const timeline = withReading(
      withStep<OrderReading>(emptyTimeline, cancelled),
      aReading([placed, reserved]),
    );
    expect(timeline.steps).toEqual([placed, reserved, cancelled]);
  });
});

describe('a subscription goes on', () => {
  it('after the last step before the first gap', () => {
    const read = withStep<OrderReading>(emptyTimeline, placed);
    expect(gaplessVersion(emptyTimeline)).toBe(0);
    expect(gaplessVersion(withStep(read, cancelled))).toBe(1);
    expect(gaplessVersion(withStep(read, reserved))).toBe(2);
  });
});

describe('the reading of an order', () => {
  it('never goes back to a lower version', () => {
    const newer = aReading([placed, reserved], held);
    const timeline = readAll(newer, aReading([placed]));
    expect(timeline.reading).toBe(newer);
  });

  it('of the same version is the later one', () => {
    const later = aReading([placed, reserved, cancelled], released);
    expect(readAll(aReading([placed, reserved, cancelled], held), later).reading).toBe(later);
  });

  it('of the same version keeps the reservation that a later one could not read', () => {
    const whole = aReading([placed, reserved], held);
    expect(readAll(whole, aReading([placed, reserved])).reading).toBe(whole);
  });

  it('gives way to a step that is newer', () => {
    const timeline = withStep(readAll(aReading([placed])), reserved);
    expect(knownVersion(timeline)).toBe(2);
    expect(knownStatus(timeline)).toBe('RESERVED');
  });
});

describe('an order is read again', () => {
  it('when nothing was read', () => {
    expect(isBehind(emptyTimeline)).toBe(true);
    expect(knownStatus(emptyTimeline)).toBeNull();
  });

  it('when a step is newer than the reading', () => {
    expect(isBehind(withStep(readAll(aReading([placed])), reserved))).toBe(true);
  });

  it('when a step between others is missing', () => {
    const reading = { ...aReading([placed]), version: 3, status: 'CANCELLED' as const };
    expect(isBehind(withStep(readAll(reading), cancelled))).toBe(true);
  });

  it('until a reserved order has its reservation', () => {
    expect(isBehind(readAll(aReading([placed, reserved])))).toBe(true);
    expect(isBehind(readAll(aReading([placed, reserved], held)))).toBe(false);
  });

  it('until the stock of a cancelled order is free', () => {
    expect(isBehind(readAll(aReading([placed, reserved, cancelled], held)))).toBe(true);
    expect(isBehind(readAll(aReading([placed, reserved, cancelled], released)))).toBe(false);
    expect(isBehind(readAll(aReading([placed, aStep(2, 'CANCELLED')])))).toBe(false);
  });

  it('not while it waits for its first change, and not when it was rejected', () => {
    expect(isBehind(readAll(aReading([placed])))).toBe(false);
    expect(isBehind(readAll(aReading([placed, aStep(2, 'REJECTED')])))).toBe(false);
  });
});

const readAll = (...readings: readonly OrderReading[]): OrderTimeline<OrderReading> =>
  readings.reduce<OrderTimeline<OrderReading>>(withReading, emptyTimeline);

function aStep(version: number, status: OrderStep['status']): OrderStep {
  return { id: `event-${version}`, version, status, occurredAt: `2026-11-01T10:00:00.${version}00Z` };
}

function aReading(
  events: readonly OrderStep[],
  reservation: OrderReading['reservation'] = null,
): OrderReading {
  const { version, status } = events.at(-1)!;
  return { version, status, events, reservation };
}
