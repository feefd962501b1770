import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decide,
  evolve,
  newOrder,
  type OrderChange,
  type OrderCommand,
  type OrderEvent,
  type OrderState,
} from './order.ts';
import { aDraft, aPriceList } from './testing.ts';

const place: OrderCommand = { type: 'Place', draft: aDraft(), prices: aPriceList() };
const reserve: OrderCommand = {
  type: 'FollowReservation',
  facilityCount: 2,
  decidedAt: '2026-01-31T12:00:00.000Z',
  hasHold: false,
};
const hold: OrderCommand = { ...reserve, hasHold: true };
const reject: OrderCommand = {
  type: 'FollowRejection',
  reason: 'Not enough stock',
  shortages: [{ sku: 'A', requested: 2, available: 1 }],
};
const expire: OrderCommand = { type: 'FollowRelease', cause: 'EXPIRED' };
const release: OrderCommand = { type: 'FollowRelease', cause: 'CANCELLED' };
const confirm: OrderCommand = { type: 'FollowConfirmation' };
const cancel: OrderCommand = { type: 'Cancel', code: 'CUSTOMER', reason: 'Too slow' };
const giveUp: OrderCommand = { type: 'Cancel', code: 'UNDECIDED', reason: null };
const ship: OrderCommand = { type: 'Ship' };
const deliver: OrderCommand = { type: 'Deliver' };

const isChange = (event: OrderEvent): event is OrderChange => event.type !== 'ConfirmationNoted';

/** Runs commands one after the other on an order; refusals change nothing. */
function run(commands: readonly OrderCommand[]): { state: OrderState; changes: readonly OrderChange[] } {
  let state: OrderState = newOrder;
  const changes: OrderChange[] = [];
  for (const command of commands) {
    const decision = decide(command, state);
    if ('rejected' in decision) continue;
    state = decision.accepted.reduce(evolve, state);
    changes.push(...decision.accepted.filter(isChange));
  }
  return { state, changes };
}

const given = (...history: readonly OrderCommand[]) => ({
  when: (command: OrderCommand) => decide(command, run(history).state),
});

describe('An order', () => {
  it('is placed as PENDING, version 1, at the prices of the catalogue', () => {
    const decision = given().when(place);
    expect(decision).toMatchObject({
      accepted: [{ type: 'OrderPlaced', version: 1, from: null, to: 'PENDING' }],
    });
    expect(decision).toMatchObject({ accepted: [{ order: { total: { amountMinor: 700n } } }] });
  });

  it('is placed once', () => {
    expect(given(place).when(place)).toEqual({ accepted: [] });
  });

  it('follows its reservation', () => {
    expect(given(place).when(reserve)).toEqual({
      accepted: [
        {
          type: 'OrderReserved',
          version: 2,
          from: 'PENDING',
          to: 'RESERVED',
          facilityCount: 2,
          decidedAt: '2026-01-31T12:00:00.000Z',
          hasHold: false,
        },
      ],
    });
  });

  it('follows its rejection with what was short', () => {
    expect(given(place).when(reject)).toMatchObject({
      accepted: [
        { type: 'OrderRejected', version: 2, shortages: [{ sku: 'A', requested: 2, available: 1 }] },
      ],
    });
  });

  it('is cancelled while PENDING and while RESERVED', () => {
    expect(given(place).when(cancel)).toMatchObject({
      accepted: [{ type: 'OrderCancelled', version: 2, from: 'PENDING', code: 'CUSTOMER' }],
    });
    expect(given(place, reserve).when(cancel)).toMatchObject({
      accepted: [{ type: 'OrderCancelled', version: 3, from: 'RESERVED' }],
    });
  });

  it('that is CANCELLED stays so, whoever cancels again or what arrives late', () => {
    for (const command of [cancel, reserve, reject, release, expire, confirm])
      expect(given(place, cancel).when(command)).toEqual({ accepted: [] });
  });

  it.each([
    ['REJECTED', [place, reject]],
    ['SHIPPING', [place, reserve, ship]],
    ['DELIVERED', [place, reserve, ship, deliver]],
  ] as const)('that is %s cannot be cancelled', (status, history) => {
    expect(given(...history).when(cancel)).toEqual({ rejected: { code: 'NOT_CANCELLABLE', status } });
  });

  it('ends when its hold expires', () => {
    expect(given(place, reserve).when(expire)).toMatchObject({
      accepted: [{ type: 'OrderCancelled', version: 3, code: 'HOLD_EXPIRED' }],
    });
  });

  it('waits for a reservation that its confirmation overtook', () => {
    expect(given(place).when(confirm)).toEqual({ accepted: [{ type: 'ConfirmationNoted' }] });
    expect(given(place, confirm).when(reserve)).toMatchObject({
      accepted: [
        { type: 'OrderReserved', version: 2 },
        { type: 'OrderConfirmed', version: 3 },
      ],
    });
  });

  it('ships when RESERVED and is delivered when SHIPPING, each once', () => {
    expect(given(place).when(ship)).toEqual({ rejected: { code: 'NOT_SHIPPABLE', status: 'PENDING' } });
    expect(given(place, reserve).when(deliver)).toEqual({
      rejected: { code: 'NOT_DELIVERABLE', status: 'RESERVED' },
    });
    const { state, changes } = run([place, reserve, ship, ship, deliver, deliver]);
    expect(state).toEqual({ status: 'DELIVERED', version: 4 });
    expect(changes.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  });

  it('ships with a hold only when that is confirmed', () => {
    expect(given(place, hold).when(ship)).toEqual({
      rejected: { code: 'NOT_CONFIRMED', status: 'RESERVED' },
    });
    for (const history of [
      [place, hold, confirm],
      [place, confirm, hold],
      [place, reserve],
      [place, reserve, confirm],
    ])
      expect(given(...history).when(ship)).toMatchObject({ accepted: [{ type: 'OrderShipping' }] });
  });

  it('is given up while nobody decided, and not in the moment after', () => {
    expect(given(place).when(giveUp)).toMatchObject({
      accepted: [{ type: 'OrderCancelled', version: 2, from: 'PENDING', code: 'UNDECIDED' }],
    });
    for (const history of [
      [place, reserve],
      [place, hold],
      [place, reject],
      [place, confirm],
      [place, cancel],
      [place, reserve, ship],
      [place, reserve, ship, deliver],
    ])
      expect(given(...history).when(giveUp)).toEqual({ accepted: [] });
  });

  it.each([
    ['SHIPPING', [place, hold, confirm, ship]],
    ['DELIVERED', [place, hold, confirm, ship, deliver]],
  ] as const)('that is %s does not take the end of its hold for something that can be', (status, history) => {
    expect(given(...history).when(expire)).toEqual({
      rejected: { code: 'RELEASED_AFTER_SHIPPING', status },
    });
    expect(given(...history).when(release)).toEqual({ accepted: [] });
  });
});

/** What inventory may state about one order, in the order in which it states it. */
const inventoryHistories: readonly (readonly OrderCommand[])[] = [
  [reserve],
  [reject],
  [hold, expire],
  [reserve, confirm],
  [hold, confirm],
  [hold, release],
  [reserve, release],
  [hold, confirm, release],
];
/** Each fact of a history at least once, in any order and repetition. */
const deliveries = (facts: readonly OrderCommand[]) =>
  fc
    .array(fc.constantFrom(...facts), { maxLength: 6 })
    .chain((repeats) =>
      fc.shuffledSubarray([...facts, ...repeats], { minLength: facts.length + repeats.length }),
    );
const scattered = fc
  .constantFrom(...inventoryHistories)
  .chain((facts) => deliveries(facts).map((delivered) => ({ facts, delivered })));

describe('Whatever the order, repetition or delay of the facts about an order', () => {
  it('its final state is that of the facts in order', () => {
    fc.assert(
      fc.property(scattered, ({ facts, delivered }) => {
        expect(run([place, ...delivered]).state).toEqual(
          facts.includes(expire)
            ? { status: 'CANCELLED', version: expect.any(Number) }
            : run([place, ...facts]).state,
        );
      }),
    );
  });

  it('an operator who ships as soon as it is allowed never ships what inventory takes back', () => {
    fc.assert(
      fc.property(scattered, ({ facts, delivered }) => {
        const { state, changes } = run([place, ...delivered.flatMap((fact) => [fact, ship])]);
        const isTied = !facts.includes(reject) && !facts.includes(expire);
        const isTakenBack = facts.includes(expire);
        if (isTakenBack) expect(state.status).toBe('CANCELLED');
        expect(changes.some(({ type }) => type === 'OrderShipping')).toBe(
          isTied && (!facts.includes(hold) || facts.includes(confirm)),
        );
      }),
    );
  });

  it('a cancelled order stays cancelled', () => {
    fc.assert(
      fc.property(scattered, fc.nat(), ({ facts, delivered }, at) => {
        fc.pre(!facts.includes(reject));
        const position = at % (delivered.length + 1);
        const { state } = run([place, ...delivered.toSpliced(position, 0, cancel)]);
        expect(state.status).toBe('CANCELLED');
      }),
    );
  });

  it('its versions are 1, 2, 3 … without gaps, each change begins where the last one ended, and repeating all changes nothing', () => {
    const any = fc.array(
      fc.constantFrom(place, reserve, hold, reject, expire, release, confirm, cancel, giveUp, ship, deliver),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(any, (commands) => {
        const { state, changes } = run([place, ...commands]);
        expect(changes.map(({ version }) => version)).toEqual(changes.map((_, index) => index + 1));
        expect(changes.map(({ from }) => from)).toEqual([null, ...changes.slice(0, -1).map(({ to }) => to)]);
        expect(state.version).toBe(changes.length);
        const isFinal =
          state.status !== 'PENDING' && state.status !== 'RESERVED' && state.status !== 'SHIPPING';
        if (isFinal) expect(run([place, ...commands, ...commands]).changes).toEqual(changes);
      }),
    );
  });

  it('replaying any of its facts changes nothing', () => {
    fc.assert(
      fc.property(scattered, ({ facts, delivered }) => {
        const before = run([place, ...delivered]);
        expect(run([place, ...delivered, ...facts]).changes).toEqual(before.changes);
      }),
    );
  });
});
