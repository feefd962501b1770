import { isProgress, type Action } from './actions.ts';
import { isDue } from './inventory-core.ts';
import { isTailPresent } from './relaying.ts';
import type { Setting } from './setting.ts';
import { clockOf } from './transaction.ts';
import { otherOf, services, type Outgoing, type Service, type World } from './world.ts';

/** Everything that can happen next. */
export const possibleActions = (setting: Setting, world: World): Action[] => [
  ...ofClients(setting, world),
  ...ofHolds(setting, world),
  ...services.flatMap((service) => [
    ...ofRelays(setting, world, service),
    ...(isStruck(setting, service) ? ofStream(world, service) : []),
    ...ofConsumer(world, service),
  ]),
];

/**
 * Of the actions that are possible those that the system, or time, does by itself sooner or later. Where there is none
 * nothing is on its way any more, nobody is frozen and no hold is open: the world is at rest.
 */
export const progressOf = (world: World, actions: readonly Action[]): readonly Action[] =>
  actions.filter(
    (action) =>
      isProgress(action) && (action.kind !== 'takeOver' || world.outgoing[action.by].publisher === null),
  );

const isStruck = ({ configuration: { faultsAt } }: Setting, service: Service): boolean =>
  faultsAt === undefined || faultsAt === service;

function ofClients(setting: Setting, world: World): Action[] {
  const { budget, clients, orders, inventory, outgoing } = world;
  const actions: Action[] = [];
  for (const order of Object.keys(setting.lines)) {
    const row = orders.rows[order] ?? null;
    if (row === null && !clients.unanswered.includes(order) && isNextOfItsKind(setting, world, order)) {
      actions.push({ kind: 'place', order, crash: null });
      if (budget.commandCrash > 0)
        actions.push({ kind: 'place', order, crash: 'begun' }, { kind: 'place', order, crash: 'committed' });
    }
    if (clients.unanswered.includes(order) && budget.repeat > 0) actions.push({ kind: 'repeat', order });
    if (row !== null) {
      const isOpen = row.status === 'PENDING' || row.status === 'RESERVED';
      if (isOpen && budget.cancel > 0) actions.push({ kind: 'cancel', order });
      if (row.status === 'PENDING' && budget.undecided > 0 && isPlacingAcknowledged(outgoing.orders, order))
        actions.push({ kind: 'cancelUndecided', order });
      if (row.status === 'RESERVED' && budget.ship > 0) actions.push({ kind: 'ship', order });
      if (row.status === 'SHIPPING' && budget.ship > 0) actions.push({ kind: 'deliver', order });
    }
    const isHeld = inventory.reservations[order]?.status === 'HELD';
    const isWished = setting.mechanisms.confirmAt === 'orders' ? row?.status === 'RESERVED' : isHeld;
    if (isWished && budget.confirm > 0) actions.push({ kind: 'confirm', order });
    if (isHeld && budget.extend > 0) actions.push({ kind: 'extend', order });
  }
  if (budget.relist > 0) actions.push({ kind: 'relist' });
  return actions;
}

/** Of orders with the same lines the first is placed first: another order of placing them is the same world renamed. */
function isNextOfItsKind(
  { configuration, lines }: Setting,
  { orders, clients }: World,
  order: string,
): boolean {
  const place = Number(order) - 1;
  if (place === 0) return true;
  const before = String(place);
  const isSame =
    JSON.stringify(configuration.orders[place]) === JSON.stringify(configuration.orders[place - 1]);
  const isHeardOf = orders.rows[before] !== null || clients.unanswered.includes(before);
  return !isSame || isHeardOf || lines[before] === undefined;
}

/** The time to decide counts from the ack of OrderPlaced. */
const isPlacingAcknowledged = ({ journal, outbox }: Outgoing, order: string): boolean => {
  const placed = journal.find(({ type, about }) => type === 'OrderPlaced' && about === order);
  return outbox.some(({ fact, sequence }) => fact === placed?.id && sequence !== null);
};

function ofHolds(setting: Setting, world: World): Action[] {
  const held = Object.entries(world.inventory.reservations).filter(([, row]) => row?.status === 'HELD');
  const ends = held.filter(([, row]) => isDue(row!, clockOf(setting, world)));
  const isOpen = held.some(([, row]) => row!.expiresAt !== null && row!.expiresAt > world.now);
  return [
    ...ends.map(([order]): Action => ({ kind: 'sweep', order })),
    ...(isOpen ? [{ kind: 'passTime' } as const] : []),
  ];
}

function ofRelays(setting: Setting, { outgoing, budget }: World, by: Service): Action[] {
  const { publisher, frozen } = outgoing[by];
  const actions = frozen.map((_, index): Action => ({ kind: 'wake', by, index }));
  if (publisher === null || (budget.takeOver > 0 && isStruck(setting, by)))
    actions.push({ kind: 'takeOver', by });
  if (publisher === null) return actions;
  const heads = unpublishedHeads(outgoing[by]);
  for (const fact of setting.configuration.anyAggregateFirst === true ? heads : heads.slice(0, 1)) {
    actions.push({ kind: 'publish', by, fact });
    if (budget.freeze > 0 && isStruck(setting, by))
      actions.push(
        { kind: 'freeze', by, fact, at: 'socket' },
        { kind: 'freeze', by, fact, at: 'acknowledged' },
      );
  }
  if (!isTailPresent(outgoing[by])) actions.push({ kind: 'lookAtTail', by });
  return actions;
}

/** Of each aggregate the first fact that is not published, the oldest first. */
function unpublishedHeads({ outbox }: Outgoing): string[] {
  const heads = new Map<string, string>();
  for (const { fact, sequence } of outbox) {
    const aggregate = fact.slice(0, fact.indexOf('.'));
    if (sequence === null && !heads.has(aggregate)) heads.set(aggregate, fact);
  }
  return [...heads.values()];
}

function ofStream({ outgoing, incoming, budget }: World, of: Service): Action[] {
  const { stream } = outgoing[of];
  const actions: Action[] = [];
  if (budget.copy > 0) stream.forEach((_, index) => actions.push({ kind: 'copy', of, sequence: index + 1 }));
  if (budget.loseTail > 0) {
    for (let keep = oldestLosable(outgoing[of]); keep < stream.length; keep += 1) {
      actions.push({ kind: 'loseTail', of, keep, forgets: false });
      if (incoming[otherOf(of)].unacknowledged.some(({ sequence }) => sequence > keep))
        actions.push({ kind: 'loseTail', of, keep, forgets: true });
    }
  }
  return actions;
}

/** A message is stored twice only after the duplicate window, which is longer than what a stream can lose. */
function oldestLosable({ stream }: Outgoing): number {
  const facts = stream.map(({ fact }) => fact);
  return Math.max(
    0,
    facts.findLastIndex((fact, index) => facts.indexOf(fact) < index),
  );
}

function ofConsumer({ outgoing, incoming, budget }: World, to: Service): Action[] {
  const { position, unacknowledged } = incoming[to];
  const { stream } = outgoing[otherOf(to)];
  const actions = unacknowledged.flatMap(({ sequence, isForgotten }, index): Action[] =>
    isForgotten && sequence > stream.length ? [] : [{ kind: 'redeliver', to, index }],
  );
  if (position < stream.length) {
    actions.push({ kind: 'deliver1', to });
    if (position + 1 < stream.length) actions.push({ kind: 'deliverAll', to });
    if (budget.overtake > 0) actions.push({ kind: 'overtake', to });
    if (budget.consumerCrash > 0) actions.push({ kind: 'consumerCrash', to });
  }
  if (position > stream.length) actions.push({ kind: 'checkPosition', to });
  if (budget.late > 0)
    for (let sequence = 1; sequence <= Math.min(position, stream.length); sequence += 1)
      actions.push({ kind: 'late', to, sequence });
  return actions;
}
