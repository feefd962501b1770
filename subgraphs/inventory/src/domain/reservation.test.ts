import { describe, expect, it } from '@jest/globals';
import { decide, evolve, type Reservation, type ReservationCommand } from './reservation.ts';

const noon = new Date('2026-11-23T12:00:00.000Z');
const minutes = (count: number): number => count * 60_000;
const aReservation = (given: Partial<Reservation> = {}): Reservation => ({
  status: 'HELD',
  version: 1,
  expiresAt: null,
  ...given,
});
const reserve: ReservationCommand = {
  kind: 'RESERVE',
  allocate: () => ({ kind: 'SHORT', shortages: [{ sku: 'A', requested: 1, available: 0 }] }),
};

describe('a reservation', () => {
  it('is decided once: placing again changes nothing, whatever became of it', () => {
    for (const status of ['HELD', 'RELEASED', 'EXPIRED', 'SHIPPED', 'REJECTED', 'TOMBSTONE'] as const) {
      expect(decide(reserve, aReservation({ status }))).toEqual({ accepted: null });
    }
  });

  it('is rejected with its shortages when stock is short', () => {
    expect(decide(reserve, null)).toEqual({
      accepted: { kind: 'REJECTED', shortages: [{ sku: 'A', requested: 1, available: 0 }] },
    });
  });

  it('is a tombstone when the cancel comes before the order', () => {
    expect(decide({ kind: 'RELEASE' }, null)).toEqual({ accepted: { kind: 'TOMBSTONED' } });
    expect(evolve(null, { kind: 'TOMBSTONED' })).toMatchObject({ status: 'TOMBSTONE', version: 1 });
  });

  it('is released once, and only while it is held', () => {
    expect(decide({ kind: 'RELEASE' }, aReservation())).toEqual({ accepted: { kind: 'RELEASED' } });
    for (const status of ['RELEASED', 'EXPIRED', 'SHIPPED', 'REJECTED', 'TOMBSTONE'] as const) {
      expect(decide({ kind: 'RELEASE' }, aReservation({ status }))).toEqual({ accepted: null });
    }
  });

  it('is confirmed until its hold is due, and not from that instant on', () => {
    const held = aReservation({ expiresAt: noon });
    const just = new Date(noon.getTime() - 1);
    expect(decide({ kind: 'CONFIRM', now: just }, held)).toEqual({ accepted: { kind: 'CONFIRMED' } });
    expect(decide({ kind: 'CONFIRM', now: noon }, held)).toEqual({ rejected: 'HOLD_EXPIRED' });
    expect(evolve(held, { kind: 'CONFIRMED' })).toEqual({ status: 'HELD', version: 2, expiresAt: null });
  });

  it('is confirmed already when it has no end', () => {
    expect(decide({ kind: 'CONFIRM', now: noon }, aReservation())).toEqual({ accepted: null });
  });

  it('is extended from its own end', () => {
    const held = aReservation({ expiresAt: noon });
    const just = new Date(noon.getTime() - 1);
    expect(decide({ kind: 'EXTEND', now: just, byMs: minutes(5) }, held)).toEqual({
      accepted: { kind: 'EXTENDED', expiresAt: new Date(noon.getTime() + minutes(5)) },
    });
  });

  it('cannot be confirmed once it is gone, and is unknown when nothing was ever tied', () => {
    for (const status of ['RELEASED', 'EXPIRED', 'SHIPPED'] as const) {
      expect(decide({ kind: 'CONFIRM', now: noon }, aReservation({ status }))).toEqual({
        rejected: 'HOLD_EXPIRED',
      });
    }
    for (const reservation of [
      null,
      aReservation({ status: 'REJECTED' }),
      aReservation({ status: 'TOMBSTONE' }),
    ]) {
      expect(decide({ kind: 'CONFIRM', now: noon }, reservation)).toEqual({ rejected: 'ORDER_NOT_FOUND' });
    }
  });
});
