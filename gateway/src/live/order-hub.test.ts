import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OrderChange } from './order-change.ts';
import { OrderHub } from './order-hub.ts';

const aChange = (version: number): OrderChange => ({
  orderId: 'o',
  eventId: `e${version}`,
  version,
  from: version === 1 ? null : 'RESERVED',
  to: version === 1 ? 'PENDING' : 'RESERVED',
  occurredAt: '2026-01-01T00:00:00.000Z',
});

describe('a listener of one order', () => {
  it('gets every change once and in order, whatever the order and repetition it is told them in', async () => {
    const tellings = fc.integer({ min: 1, max: 8 }).chain((last) =>
      fc.record({
        last: fc.constant(last),
        start: fc.integer({ min: 0, max: last }),
        startsAt: fc.nat({ max: 12 }),
        told: fc.array(fc.integer({ min: 1, max: last }), { maxLength: 12 }).chain((extra) =>
          fc.shuffledSubarray([...extra, ...Array.from({ length: last }, (_, n) => n + 1)], {
            minLength: extra.length + last,
          }),
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(tellings, async ({ last, start, startsAt, told }) => {
        const hub = new OrderHub(100, () => undefined);
        const listener = hub.listen('o');
        for (const [index, version] of told.entries()) {
          if (index === startsAt) hub.start('o', listener, start);
          hub.tell(aChange(version));
        }
        if (startsAt >= told.length) hub.start('o', listener, start);
        listener.queue.end();
        const got: number[] = [];
        for (let change = await listener.queue.next(); change; change = await listener.queue.next())
          got.push(change.version);
        expect(got).toEqual(Array.from({ length: last - start }, (_, n) => start + n + 1));
      }),
    );
  });

  it('asks for what lies between, also when the later change came before it started', () => {
    const gaps: string[] = [];
    const hub = new OrderHub(100, (orderId) => gaps.push(orderId));
    const listener = hub.listen('o');
    hub.tell(aChange(3));
    expect(gaps).toEqual([]);
    hub.start('o', listener, 1);
    expect(gaps).toEqual(['o']);
    hub.tell(aChange(4));
    expect(gaps).toEqual(['o', 'o']);
    expect(hub.positions()).toEqual([{ orderId: 'o', after: 1 }]);
  });
});
