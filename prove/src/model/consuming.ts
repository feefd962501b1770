import { changeHold, decideFacts } from './inventory-core.ts';
import { batchView, wronglyJudgedHolds, wrongRejections } from './judging.ts';
import { commandOf, decideOrder } from './orders-core.ts';
import type { Setting } from './setting.ts';
import { commit, factById, withName, type Outcome, type Written } from './transaction.ts';
import { otherOf, type GivenOut, type Incoming, type ModelFact, type Service, type World } from './world.ts';

/** What becomes of a handled message: acknowledged after its commit, or the process died before the second of the two. */
export type Ending = 'acknowledged' | 'crashed' | 'late';

/** The messages that were not given out yet, as a process would get them now. */
export function waiting(setting: Setting, world: World, to: Service): GivenOut[] {
  const { position } = world.incoming[to];
  return world.outgoing[otherOf(to)].stream
    .slice(position)
    .map((message, index) => givenOut(setting, world, to, position + 1 + index, message));
}

export function givenOut(
  { mechanisms }: Setting,
  world: World,
  to: Service,
  sequence: number,
  { fact, generation }: { readonly fact: string; readonly generation: number },
): GivenOut {
  const readTooEarly = to === 'inventory' && !mechanisms.lockBeforeChoosing ? world.inventory.levels : null;
  return { sequence, fact, generation, isForgotten: false, readTooEarly };
}

/** Gives the next message to a process that does not come to handle it: others overtake it, or the process dies. */
export function overtake(setting: Setting, world: World, to: Service): Outcome {
  const [next] = waiting(setting, world, to);
  const { position, unacknowledged } = world.incoming[to];
  const after = { position: position + 1, unacknowledged: [...unacknowledged, next!] };
  return { world: withIncoming(world, to, after), wrong: [] };
}

/** Handles messages in one transaction. A new generation makes the consumer anew instead, and all is given out again. */
export function handle(
  setting: Setting,
  world: World,
  to: Service,
  messages: readonly GivenOut[],
  ending: Ending,
): Outcome {
  const incoming = world.incoming[to];
  const met = Math.max(...messages.map(({ generation }) => generation));
  if (setting.mechanisms.respectGeneration && met > incoming.generation)
    return { world: beginAgain(world, to, met), wrong: [] };

  const { ackAfterCommit } = setting.mechanisms;
  const isCommitted = ending !== 'crashed' || ackAfterCommit;
  const isAcknowledged = ending === 'acknowledged' || (ending === 'crashed' && !ackAfterCommit);
  const sequences = messages.map(({ sequence }) => sequence);
  const others = incoming.unacknowledged.filter((message) => !messages.includes(message));
  const isGivenNow = !messages.some((message) => incoming.unacknowledged.includes(message));
  const given = withIncoming(world, to, {
    position: isGivenNow ? Math.max(incoming.position, ...sequences) : incoming.position,
    unacknowledged:
      ending === 'late' ? incoming.unacknowledged : isAcknowledged ? others : [...others, ...messages],
  });
  return isCommitted
    ? commitEffects(setting, given, to, messages, ending === 'crashed')
    : { world: given, wrong: [] };
}

/** The consumer is made anew before the tail horizon, which all of a small stream is within. */
export const beginAgain = (world: World, to: Service, generation: number): World =>
  withIncoming(world, to, { position: 0, unacknowledged: [], generation });

function commitEffects(
  setting: Setting,
  world: World,
  to: Service,
  messages: readonly GivenOut[],
  dies: boolean,
): Outcome {
  const { inbox, inboxWithEffect, factsWithRows } = setting.mechanisms;
  const before = world.incoming[to];
  const ids = [...new Set(messages.map(({ fact }) => fact))];
  const fresh = inbox ? ids.filter((id) => !before.inbox.includes(id)) : ids;
  const entered = withIncoming(world, to, { inbox: fresh.reduce(withName, before.inbox) });
  if (dies && !inboxWithEffect) return { world: entered, wrong: [] };
  const handled = withIncoming(entered, to, { ghostHandled: fresh.reduce(withName, before.ghostHandled) });
  const facts = fresh.map((id) => factById(world, otherOf(to), id));
  const readTooEarly = messages[0]!.readTooEarly;
  const written =
    to === 'orders'
      ? followInventory(setting, handled, facts)
      : decideOrders(setting, handled, facts, readTooEarly);
  if ('failed' in written) return { world: handled, wrong: [`a handler failed: ${written.failed}`] };
  const after = commit(handled, to, dies && !factsWithRows ? { ...written, stated: [] } : written);
  const wrong =
    to === 'orders'
      ? []
      : [...wronglyJudgedHolds(world, written.stated), ...wrongRejections(setting, after, written.stated)];
  return { world: after, wrong };
}

type Handled = Written | { readonly failed: string };

function followInventory(setting: Setting, world: World, facts: readonly ModelFact[]): Handled {
  let orders = world.orders;
  const stated = [];
  for (const fact of facts) {
    if (fact.type === 'ProductListed') {
      const isNewer = fact.version > orders.catalogue.version || !setting.mechanisms.compareVersions;
      if (isNewer) orders = { ...orders, catalogue: { version: fact.version, price: fact.price } };
      continue;
    }
    const command = commandOf(fact);
    if (command === null) continue;
    const row = orders.rows[fact.about] ?? null;
    if (row === null) return { failed: `${fact.id} is about an order that orders does not have` };
    const decision = decideOrder(fact.about, row, command);
    if ('refused' in decision) return { failed: `${fact.id} was refused with ${decision.refused}` };
    orders = { ...orders, rows: { ...orders.rows, [fact.about]: decision.row } };
    stated.push(...decision.stated);
  }
  return { orders, stated };
}

function decideOrders(
  setting: Setting,
  world: World,
  facts: readonly ModelFact[],
  readTooEarly: GivenOut['readTooEarly'],
): Handled {
  try {
    const { rows, stated } = decideFacts(facts, batchView(setting, world, readTooEarly));
    return {
      inventory: setting.mechanisms.confirmAt === 'orders' ? followConfirmations(rows, facts) : rows,
      stated,
    };
  } catch (error) {
    return { failed: String(error) };
  }
}

/** What inventory does where orders judged a confirmation: it believes it, if it still can. */
const followConfirmations = (rows: World['inventory'], facts: readonly ModelFact[]): World['inventory'] =>
  facts
    .filter(({ type }) => type === 'OrderConfirmed')
    .reduce(
      (after, { about }) => changeHold(about, after, { kind: 'CONFIRM', now: -1 })?.rows ?? after,
      rows,
    );

export const withIncoming = (world: World, to: Service, change: Partial<Incoming>): World => ({
  ...world,
  incoming: { ...world.incoming, [to]: { ...world.incoming[to], ...change } },
});
