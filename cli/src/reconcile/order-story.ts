import { handledFacts, type ConsumerName, type Context, type FactType } from '@holdfast/messaging';
import type { AllBooks } from './damage.ts';
import type { OrderViolation } from './orders-and-reservations.ts';

/** A fact about an order as its journal has it, and how far it came. */
export interface StoryFact {
  readonly eventId: string;
  readonly type: FactType;
  readonly version: number;
  readonly occurredAt: Date;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  readonly json: string;
  /** `GONE` is published, and its place given up. */
  readonly outbox: 'WAITING' | 'PUBLISHED' | 'GONE';
  timesInStream: number;
  /** The consumer that is to handle it; null when none does. */
  readonly consumer: ConsumerName | null;
  readonly isHandled: boolean;
}

/** All that both services have stated about one order that is in violation. */
export interface OrderStory extends OrderViolation {
  readonly facts: Readonly<Record<Context, readonly StoryFact[]>>;
}

const readerOf = { orders: 'inventory-orders', inventory: 'orders-reservations' } as const;
const aggregateOf = { orders: 'order', inventory: 'reservation' } as const;

/** The stories of these orders; whether a stream has their facts is not known yet. */
export async function readOrderStories(
  books: AllBooks,
  violations: readonly OrderViolation[],
): Promise<OrderStory[]> {
  const ids = violations.map(({ orderId }) => orderId);
  const orders = await readFacts(books, 'orders', ids);
  const inventory = await readFacts(books, 'inventory', ids);
  return violations.map((violation) => ({
    ...violation,
    facts: {
      orders: orders.get(violation.orderId) ?? [],
      inventory: inventory.get(violation.orderId) ?? [],
    },
  }));
}

interface FactRow extends Omit<StoryFact, 'timesInStream' | 'consumer' | 'isHandled'> {
  readonly aggregateId: string;
}

async function readFacts(
  books: AllBooks,
  context: Context,
  orderIds: readonly string[],
): Promise<Map<string, StoryFact[]>> {
  const reader = readerOf[context];
  const rows = await books[context].rows<FactRow>(
    `select journal.aggregate_id as "aggregateId", event_id as "eventId", type, version, occurred_at as "occurredAt",
            correlation_id as "correlationId", causation_id as "causationId", traceparent, data::text as json,
            case when outbox.journal_id is null then 'GONE' when sequence is null then 'WAITING' else 'PUBLISHED' end as outbox
     from journal left join outbox on outbox.journal_id = journal.id
     where journal.aggregate_id = any ($1::text[]) and aggregate = $2
     order by journal.aggregate_id, version`,
    [orderIds, aggregateOf[context]],
  );
  const other = context === 'orders' ? books.inventory : books.orders;
  const handled = await other.rows<{ event_id: string }>(
    'select event_id from inbox where consumer = $1 and event_id = any ($2::uuid[])',
    [reader, rows.map(({ eventId }) => eventId)],
  );
  const isHandled = new Set(handled.map(({ event_id }) => event_id));
  const facts = rows.map(({ aggregateId, ...row }) => ({
    aggregateId,
    fact: {
      ...row,
      timesInStream: 0,
      consumer: handledFacts[reader].has(row.type) ? reader : null,
      isHandled: isHandled.has(row.eventId),
    },
  }));
  return new Map(
    [...Map.groupBy(facts, ({ aggregateId }) => aggregateId)].map(([id, ofOne]) => [
      id,
      ofOne.map(({ fact }) => fact),
    ]),
  );
}
