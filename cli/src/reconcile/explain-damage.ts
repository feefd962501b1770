import type { Damage } from './damage.ts';
import type { BrokenLevel } from './level-damage.ts';
import type { OrderStory, StoryFact } from './order-story.ts';

const shown = 10;

/** Which facts are missing or doubled, for each of the first ten of a kind; how many more there are. */
export function explanationLines(damage: Damage): string[] {
  const orders = damage.orders.slice(0, shown).flatMap(orderLines);
  const levels = damage.levels.slice(0, shown).flatMap(levelLines);
  const lost = damage.lost.flatMap(({ context, count, first }) => [
    `${count} facts of the journal of ${context} are in no stream and in no outbox:`,
    ...first.map(({ type, aggregateId, version }) => `    ${type} of ${aggregateId} version ${version}`),
    ...further(count - first.length),
  ]);
  const unhandled = damage.unhandled
    .slice(0, shown)
    .map(
      ({ consumer, type, eventId, sequence, stream, isInJournal }) =>
        `message ${sequence} of ${stream} (${type ?? 'no type'} ${eventId ?? 'without an id'}) is missing in the inbox of ${consumer}${isInJournal ? '' : ', and in the journal it would come from'}`,
    );
  return [
    ...orders,
    ...further(damage.orders.length + damage.furtherOrders - shown, 'orders'),
    ...levels,
    ...further(damage.levels.length - shown, 'levels'),
    ...lost,
    ...unhandled,
    ...further(damage.unhandled.length - shown, 'messages'),
  ];
}

const further = (count: number, of = ''): string[] =>
  count > 0 ? [`    … ${count} more${of === '' ? '' : ` ${of}`}`] : [];

function orderLines(story: OrderStory): string[] {
  const { orderId, orderStatus, reservationStatus, facts } = story;
  const heading = `order ${orderId} is ${orderStatus ?? 'not there'}, its reservation ${reservationStatus}`;
  return [
    heading,
    ...(['orders', 'inventory'] as const).flatMap((context) =>
      facts[context].length === 0
        ? [`    ${context} stated nothing about it`]
        : facts[context].map((fact) => `    ${context}: ${factText(fact)}`),
    ),
    ...(['orders', 'inventory'] as const).flatMap((context) => [
      ...doubled(facts[context]).map((type) => `    doubled: ${type} in the journal of ${context}`),
      ...gaps(facts[context]).map(
        (version) => `    missing: version ${version} in the journal of ${context}`,
      ),
      ...facts[context]
        .filter(({ consumer, isHandled }) => consumer !== null && !isHandled)
        .map(({ type, consumer }) => `    missing: ${type} in the inbox of ${consumer}`),
    ]),
  ];
}

function factText({ type, version, eventId, outbox, timesInStream, consumer, isHandled }: StoryFact): string {
  const places = { WAITING: 'waits in the outbox', PUBLISHED: 'published', GONE: 'no longer in the outbox' };
  const stream =
    timesInStream === 0
      ? 'not in the stream'
      : timesInStream === 1
        ? 'in the stream'
        : `${timesInStream} times in the stream`;
  const reader = consumer === null ? 'for nobody' : `${isHandled ? 'handled' : 'not handled'} by ${consumer}`;
  return `${type} version ${version} ${eventId}: ${places[outbox]}, ${stream}, ${reader}`;
}

/** Types of which an order can have only one fact. */
const once = new Set<StoryFact['type']>([
  ...(['OrderPlaced', 'OrderReserved', 'OrderRejected', 'OrderCancelled', 'OrderConfirmed'] as const),
  ...(['OrderShipping', 'OrderDelivered', 'StockReserved', 'StockRejected'] as const),
  ...(['StockReleased', 'StockConfirmed'] as const),
]);

const doubled = (facts: readonly StoryFact[]): string[] =>
  [...Map.groupBy(facts, ({ type }) => type)]
    .filter(([type, ofType]) => once.has(type) && ofType.length > 1)
    .map(([type]) => type);

function gaps(facts: readonly StoryFact[]): number[] {
  const versions = new Set(facts.map(({ version }) => version));
  const last = facts.at(-1)?.version ?? 0;
  return Array.from({ length: last }, (_, index) => index + 1).filter((version) => !versions.has(version));
}

function levelLines(level: BrokenLevel): string[] {
  const { sku, facilityId, zone, version, onHand, movedOnHand, reserved, movedReserved, allocated } = level;
  const lines = [`${sku} at ${facilityId} ${zone}${version === null ? ' has no row' : ''}`];
  if (onHand !== movedOnHand) lines.push(`    ${difference('on hand', onHand, movedOnHand)}`);
  if (reserved !== movedReserved) lines.push(`    ${difference('reserved', reserved, movedReserved)}`);
  if (reserved !== allocated)
    lines.push(
      `    reserved is ${reserved}, HELD reservations are allocated ${allocated}: ${
        reserved > allocated
          ? 'an allocation is missing, or a release'
          : 'a reservation is missing in the row'
      }`,
    );
  lines.push(
    `    ${level.firstBreak ?? 'every movement follows from those before it: the row was changed without one'}`,
  );
  return lines;
}

const difference = (what: string, row: number, moved: number): string =>
  `${what} is ${row}, the movements sum to ${moved}: movements of ${row - moved > 0 ? '+' : ''}${row - moved} are missing`;
