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
  expiresAt: null,
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

  it('is held until the end that it is given', () => {
    const decision = { policyVersion: '1', international: false, method: 'EXACT', candidates: [] } as const;
    const allocate = () => ({ kind: 'ALLOCATED', allocations: [], decision }) as const;
    for (const expiresAt of [noon, null]) {
      const held = { kind: 'HELD', allocations: [], decision, expiresAt } as const;
      expect(decide({ kind: 'RESERVE', allocate, expiresAt }, null)).toEqual({ accepted: held });
      expect(evolve(null, held)).toEqual({ status: 'HELD', version: 1, expiresAt });
    }
  });

  it('expires from the instant of its end on, once, and never when it has no end', () => {
    const held = aReservation({ expiresAt: noon });
    const just = new Date(noon.getTime() - 1);
    expect(decide({ kind: 'EXPIRE', now: just }, held)).toEqual({ accepted: null });
    expect(decide({ kind: 'EXPIRE', now: noon }, held)).toEqual({ accepted: { kind: 'EXPIRED' } });
    expect(evolve(held, { kind: 'EXPIRED' })).toEqual({ status: 'EXPIRED', version: 2, expiresAt: noon });
    for (const other of [
      null,
      aReservation(),
      ...(['RELEASED', 'EXPIRED', 'SHIPPED', 'REJECTED', 'TOMBSTONE'] as const).map((status) =>
        aReservation({ status, expiresAt: noon }),
      ),
    ]) {
      expect(decide({ kind: 'EXPIRE', now: noon }, other)).toEqual({ accepted: null });
    }
  });

  it('is released when its order is cancelled, though its hold is due', () => {
    const held = aReservation({ expiresAt: noon });
    expect(decide({ kind: 'RELEASE' }, held)).toEqual({ accepted: { kind: 'RELEASED' } });
  });

  it('is shipped once, whatever end it had, and not when nothing is held', () => {
    for (const expiresAt of [null, noon]) {
      expect(decide({ kind: 'SHIP' }, aReservation({ expiresAt }))).toEqual({
        accepted: { kind: 'SHIPPED' },
      });
    }
    expect(decide({ kind: 'SHIP' }, aReservation({ status: 'SHIPPED' }))).toEqual({ accepted: null });
    expect(evolve(aReservation(), { kind: 'SHIPPED' })).toMatchObject({ status: 'SHIPPED', version: 2 });
    for (const status of ['RELEASED', 'EXPIRED'] as const) {
      expect(decide({ kind: 'SHIP' }, aReservation({ status }))).toEqual({ rejected: 'HOLD_EXPIRED' });
    }
    for (const nothing of [
      null,
      aReservation({ status: 'REJECTED' }),
      aReservation({ status: 'TOMBSTONE' }),
    ]) {
      expect(decide({ kind: 'SHIP' }, nothing)).toEqual({ rejected: 'ORDER_NOT_FOUND' });
    }
  });

  it('was confirmed when it is shipped: a confirmation that is repeated late changes nothing', () => {
    const shipped = aReservation({ status: 'SHIPPED' });
    expect(decide({ kind: 'CONFIRM', now: noon }, shipped)).toEqual({ accepted: null });
  });

  it('cannot be confirmed once it is gone, and is unknown when nothing was ever tied', () => {
    for (const status of ['RELEASED', 'EXPIRED'] as const) {
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
