import { changeHold, isDue, sweepHold } from './inventory-core.ts';
import { decideOrder, placing } from './orders-core.ts';
import type { Setting } from './setting.ts';
import { clockOf, commit, publishUncommitted, withName, type Outcome } from './transaction.ts';
import type { World } from './world.ts';
import { batchView, wronglyJudgedHolds } from './judging.ts';

/** Places an order; what the client knows afterwards depends on where the process dies. */
export function place(
  setting: Setting,
  world: World,
  order: string,
  crash: 'begun' | 'committed' | null,
): Outcome {
  const { publishAfterCommit, answerAfterCommit } = setting.mechanisms;
  const decision = decideOrder(order, null, placing(setting.lines[order]!));
  if ('refused' in decision) return { world, wrong: [`order ${order} was refused: ${decision.refused}`] };
  const rows = { ...world.orders.rows, [order]: decision.row };
  const published = publishAfterCommit ? world : publishUncommitted(world, 'orders', decision.stated);
  const after =
    crash === 'begun'
      ? published
      : commit(published, 'orders', { orders: { ...world.orders, rows }, stated: decision.stated });
  const isTold = crash === null || !answerAfterCommit;
  const { toldPlaced, unanswered } = world.clients;
  const clients = {
    ...world.clients,
    toldPlaced: isTold ? withName(toldPlaced, order) : toldPlaced,
    unanswered: isTold ? unanswered.filter((name) => name !== order) : withName(unanswered, order),
  };
  return { world: { ...after, clients }, wrong: [] };
}

/** Asks again with the key of an order of which no answer came. */
export function repeat(setting: Setting, world: World, order: string): Outcome {
  const isThere = world.orders.rows[order] !== null;
  if (!isThere) return place(setting, world, order, null);
  const clients = {
    ...world.clients,
    toldPlaced: withName(world.clients.toldPlaced, order),
    unanswered: world.clients.unanswered.filter((name) => name !== order),
  };
  if (setting.mechanisms.idempotencyKeys) return { world: { ...world, clients }, wrong: [] };
  return { world: { ...world, clients }, wrong: [`order ${order} was placed twice with one key`] };
}

/** Everything that orders decides on an order that is there; a refusal changes nothing. */
export function changeOrder(
  world: World,
  order: string,
  kind: 'cancel' | 'cancelUndecided' | 'ship' | 'deliver' | 'confirm',
): Outcome {
  const decision = decideOrder(order, world.orders.rows[order]!, orderCommands[kind]);
  if ('refused' in decision) return { world, wrong: [] };
  const orders = { ...world.orders, rows: { ...world.orders.rows, [order]: decision.row } };
  return { world: commit(world, 'orders', { orders, stated: decision.stated }), wrong: [] };
}

const orderCommands = {
  cancel: { type: 'Cancel', code: 'CUSTOMER', reason: null },
  cancelUndecided: { type: 'Cancel', code: 'UNDECIDED', reason: null },
  ship: { type: 'Ship' },
  deliver: { type: 'Deliver' },
  confirm: { type: 'FollowConfirmation' },
} as const;

/** Confirms or extends a hold at inventory; or confirms it where a mutation lets it be judged, at orders. */
export function confirmOrExtend(
  setting: Setting,
  world: World,
  order: string,
  kind: 'confirm' | 'extend',
): Outcome {
  const isAtOrders = kind === 'confirm' && setting.mechanisms.confirmAt === 'orders';
  if (isAtOrders) return told(changeOrder(world, order, 'confirm').world, order, []);
  const command = { kind: kind === 'confirm' ? 'CONFIRM' : 'EXTEND', now: clockOf(setting, world) } as const;
  const decision = changeHold(order, world.inventory, command);
  if (decision === null) return { world, wrong: [] };
  const after = commit(world, 'inventory', { inventory: decision.rows, stated: decision.stated });
  const wasDue = isDue(world.inventory.reservations[order]!, world.now);
  const wrong = wasDue ? [`rule 9: the hold of order ${order} was kept after its end`] : [];
  return kind === 'confirm' ? told(after, order, wrong) : { world: after, wrong };
}

const told = (world: World, order: string, wrong: readonly string[]): Outcome => ({
  world: {
    ...world,
    clients: { ...world.clients, toldConfirmed: withName(world.clients.toldConfirmed, order) },
  },
  wrong,
});

export function sweep(setting: Setting, world: World, order: string): Outcome {
  const { rows, stated } = sweepHold(order, batchView(setting, world, null));
  return {
    world: commit(world, 'inventory', { inventory: rows, stated }),
    wrong: wronglyJudgedHolds(world, stated),
  };
}

export function relist(world: World): Outcome {
  const version = world.inventory.product.version + 1;
  const product = { version, price: version };
  const stated = [{ type: 'ProductListed', about: 'product', version, price: version }] as const;
  return {
    world: commit(world, 'inventory', { inventory: { ...world.inventory, product }, stated }),
    wrong: [],
  };
}
