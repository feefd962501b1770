import { handledFacts, type ConsumerName, type Context } from '@holdfast/messaging';
import type { Damage, LostFacts, UnhandledMessage } from './damage.ts';
import { derivedId } from './derived-id.ts';
import type { BrokenLevel } from './level-damage.ts';
import type { OrderStory, StoryFact } from './order-story.ts';

/** A fact as it is handed to a consumer once more. */
export type HandedFact = Pick<
  StoryFact,
  'type' | 'occurredAt' | 'correlationId' | 'causationId' | 'traceparent' | 'json'
> & { readonly eventId: string; readonly aggregateId: string };

/** What is proposed about one violation. Each has a key, so that doing it twice is the same as doing it once. */
export type Proposal =
  /** Back into the outbox; the key is the place in the journal. */
  | { readonly kind: 'PUT_BACK'; readonly lost: LostFacts }
  /** A message that is in its stream is handled now; the key is its event id, in the inbox. */
  | { readonly kind: 'HANDLE'; readonly message: UnhandledMessage & { readonly eventId: string } }
  /** A fact is handled once more, or for the first time; the key is the event id, its own or one derived from the violation. */
  | {
      readonly kind: 'HAND_OVER';
      readonly story: OrderStory;
      readonly consumer: ConsumerName;
      readonly fact: HandedFact;
    }
  | { readonly kind: 'ADJUST'; readonly level: BrokenLevel; readonly key: string }
  /** No machine can know what is right. */
  | { readonly kind: 'PERSON'; readonly about: string; readonly advice: string };

/** What to do about what is wrong: levels first, since the books must balance for stock to be released. Changes nothing. */
export function proposalsFor(damage: Damage): Proposal[] {
  return [
    ...damage.levels.map(levelProposal),
    ...damage.lost.map((lost): Proposal => ({ kind: 'PUT_BACK', lost })),
    ...damage.unhandled.map(messageProposal),
    ...damage.orders.flatMap((story) => orderProposal(story, damage.unhandled)),
  ];
}

function levelProposal(level: BrokenLevel): Proposal {
  const { sku, facilityId, zone, version, onHand, reserved, allocated } = level;
  const about = `${sku} at ${facilityId} ${zone}`;
  if (version === null)
    return {
      kind: 'PERSON',
      about,
      advice: 'its row is gone: count the units there, and receive them once the row of a level is restored',
    };
  if (allocated > onHand)
    return {
      kind: 'PERSON',
      about,
      advice: `${allocated} units are promised and ${onHand} are there: receive what is missing, or cancel an order of it`,
    };
  const { movedOnHand, movedReserved } = level;
  const found = [onHand, reserved, movedOnHand, movedReserved, allocated];
  const id = derivedId('level', sku, facilityId, zone, version, ...found);
  return { kind: 'ADJUST', level, key: `reconcile:${id}` };
}

function messageProposal(message: UnhandledMessage): Proposal {
  const { eventId, isInJournal, sequence, stream, consumer } = message;
  if (eventId !== null && isInJournal) return { kind: 'HANDLE', message: { ...message, eventId } };
  return {
    kind: 'PERSON',
    about: `message ${sequence} of ${stream} at ${consumer}`,
    advice: 'no journal has it, so no service stated it: find out who published it',
  };
}

function orderProposal(story: OrderStory, unhandled: readonly UnhandledMessage[]): Proposal[] {
  const decisive = decisiveFact(story);
  if (typeof decisive === 'string')
    return [{ kind: 'PERSON', about: `order ${story.orderId}`, advice: decisive }];
  const { consumer, fact } = decisive;
  const isAmongUnhandled = unhandled.some(
    (message) => message.consumer === consumer && message.eventId === fact.eventId,
  );
  if (isAmongUnhandled) return []; // That it is handled is a proposal of its own.
  const eventId = fact.isHandled
    ? derivedId(consumer, story.orderId, story.orderStatus ?? 'none', story.reservationStatus, fact.eventId)
    : fact.eventId;
  return [{ kind: 'HAND_OVER', story, consumer, fact: { ...fact, eventId, aggregateId: story.orderId } }];
}

interface Decisive {
  readonly consumer: ConsumerName;
  readonly fact: StoryFact;
}

/** The fact after which order and reservation agree; in words when there is none that a machine may choose. */
function decisiveFact(story: OrderStory): Decisive | string {
  const { orderStatus, reservationStatus: tied, isTiedOtherwise } = story;
  if (orderStatus === null)
    return 'inventory ties stock to an order that orders does not know: it may have been lost with a restore; ask the customer, then cancel it at inventory';
  if (isTiedOtherwise)
    return 'other quantities are tied than were ordered: cancel the order and place it anew, or set right what was changed by hand';
  switch (`${orderStatus} ${tied}`) {
    case 'CANCELLED HELD':
    case 'CANCELLED no reservation':
      return factOf(story, 'orders', 'OrderCancelled');
    case 'REJECTED HELD':
      return inventedCancellation(story);
    case 'PENDING HELD':
      return factOf(story, 'inventory', 'StockReserved');
    case 'PENDING REJECTED':
      return factOf(story, 'inventory', 'StockRejected');
    case 'PENDING EXPIRED':
    case 'RESERVED EXPIRED':
      return factOf(story, 'inventory', 'StockReleased');
    case 'RESERVED no reservation':
      return factOf(story, 'orders', 'OrderPlaced');
    case 'SHIPPING HELD':
    case 'DELIVERED HELD':
      return factOf(story, 'orders', 'OrderShipping');
    case 'RESERVED REJECTED':
    case 'RESERVED RELEASED':
    case 'RESERVED TOMBSTONE':
      return 'the customer was told that stock is tied, and none is, for good: cancel the order, and place it anew if they still want it';
    default:
      return `nothing that was stated leads from ${orderStatus} and ${tied} to where they agree: look at what was changed by hand`;
  }
}

const readerOf = { orders: 'inventory-orders', inventory: 'orders-reservations' } as const;

function factOf({ facts }: OrderStory, context: Context, type: StoryFact['type']): Decisive | string {
  const fact = facts[context].findLast((one) => one.type === type);
  const consumer = readerOf[context];
  if (fact === undefined)
    return `the journal of ${context} has no ${type} of it, which would have settled it`;
  if (!handledFacts[consumer].has(type)) return `${consumer} does not handle ${type}`;
  return { consumer, fact };
}

/** To inventory a rejected order is like a cancelled one: nothing may be tied to it. */
function inventedCancellation(story: OrderStory): Decisive | string {
  const placed = story.facts.orders.find(({ type }) => type === 'OrderPlaced');
  const last = story.facts.orders.at(-1);
  if (placed === undefined || last === undefined)
    return 'the journal of orders has no OrderPlaced of it, which names what it follows from';
  const { orderId } = story;
  const data = {
    orderId,
    version: last.version + 1,
    from: 'PENDING',
    to: 'CANCELLED',
    code: 'OPERATOR',
    reason: 'reconcile: it was rejected',
  };
  return {
    consumer: 'inventory-orders',
    fact: {
      ...placed,
      eventId: derivedId('inventory-orders', orderId, 'REJECTED', story.reservationStatus),
      type: 'OrderCancelled',
      occurredAt: last.occurredAt,
      causationId: last.eventId,
      json: JSON.stringify(data),
      isHandled: false,
    },
  };
}
