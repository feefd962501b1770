import { allRows, type Evidence } from './evidence.ts';
import type { FaultsSeen } from './faults-seen.ts';
import { readSnapshot } from './json-lines.ts';
import { count } from './operations-seen.ts';
import { Findings } from './violations.ts';

/** Which facts each consumer handles, and whose they are. */
const handled: Readonly<
  Record<string, { readonly from: Context; readonly inbox: Context; readonly types: ReadonlySet<string> }>
> = {
  'inventory-orders': {
    from: 'orders',
    inbox: 'inventory',
    types: new Set(['OrderPlaced', 'OrderCancelled', 'OrderShipping']),
  },
  'orders-reservations': {
    from: 'inventory',
    inbox: 'orders',
    types: new Set(['StockReserved', 'StockRejected', 'StockReleased', 'StockConfirmed']),
  },
  'orders-catalogue': { from: 'inventory', inbox: 'orders', types: new Set(['ProductListed']) },
};
const contexts = ['orders', 'inventory'] as const;
type Context = (typeof contexts)[number];

export interface Carried {
  readonly findings: readonly Findings[];
  /** Facts that a stream holds more than once and whose consumers handled them. */
  readonly absorbed: number;
  /** Facts that were handled when they came again. */
  readonly redelivered: number;
}

/** Rules: every fact of a journal is in its stream and was handled by whom it concerns; none is there that nobody stated. */
export async function checkFactsCarried(evidence: Evidence, faults: FaultsSeen): Promise<Carried> {
  const published = new Findings(
    'published',
    'every fact of a journal is in its stream, and a stream holds nothing that nobody stated',
  );
  const received = new Findings(
    'handled',
    'every fact was handled by each consumer that it concerns, and nothing else was',
  );
  const inboxes = {
    orders: await readInbox(evidence, 'orders'),
    inventory: await readInbox(evidence, 'inventory'),
  };
  let absorbed = 0;
  for (const context of contexts) {
    const { stated, copies } = await checkStream(evidence, faults, context, published);
    for (const [consumer, { from, inbox, types }] of Object.entries(handled)) {
      if (from === context)
        checkHandled(received, consumer, stated, types, inboxes[inbox].handled.get(consumer) ?? new Set());
    }
    const all = Object.values(inboxes).flatMap(({ handled }) => [...handled.values()]);
    for (const [eventId, times] of copies)
      if (times > 1 && all.some((inbox) => inbox.has(eventId))) absorbed += 1;
  }
  return {
    findings: [published, received],
    absorbed,
    redelivered: inboxes.orders.redelivered + inboxes.inventory.redelivered,
  };
}

interface Inbox {
  readonly handled: ReadonlyMap<string, ReadonlySet<string>>;
  readonly redelivered: number;
}

async function readInbox({ folder }: Evidence, context: Context): Promise<Inbox> {
  const byConsumer = new Map<string, Set<string>>();
  let redelivered = 0;
  for await (const { consumer, eventId, deliveries } of readSnapshot(folder, `inbox-${context}`)) {
    const events = byConsumer.get(consumer) ?? new Set();
    byConsumer.set(consumer, events.add(eventId));
    if ((deliveries ?? 1) > 1) redelivered += 1;
  }
  return { handled: byConsumer, redelivered };
}

async function checkStream(
  { folder, settings }: Evidence,
  { messageIds, streamLostAtMs }: FaultsSeen,
  context: Context,
  findings: Findings,
): Promise<{ stated: ReadonlyMap<string, string>; copies: ReadonlyMap<string, number> }> {
  const copies = new Map<string, number>();
  const strange: string[] = [];
  const types = new Map<string, string>();
  const outbox = new Set((await allRows(folder, `outbox-${context}`)).map(({ journalId }) => journalId));
  for await (const { eventId, messageId, sequence, subject } of readSnapshot(folder, `stream-${context}`)) {
    if (eventId !== null) count(copies, eventId);
    if (messageId === null || !messageIds.has(messageId))
      strange.push(`${eventId}\n${sequence} on ${subject}`);
  }
  const lastLostAtMs = Math.max(-Infinity, ...streamLostAtMs);
  for await (const { id, eventId, type, aggregateId, version, occurredAtMs } of readSnapshot(
    folder,
    `journal-${context}`,
  )) {
    findings.look();
    types.set(eventId, type);
    // A stream that was lost whole is filled again as far back as the tail horizon only; what is older was in it.
    const wasThere = !outbox.has(id) && occurredAtMs + settings.tailHorizonMs < lastLostAtMs;
    findings.expect(
      copies.has(eventId) || wasThere,
      'lost',
      () =>
        `${type} of ${aggregateId} version ${version}, event ${eventId}, is not in the stream of ${context}`,
    );
  }
  for (const message of strange) {
    const [eventId, where] = message.split('\n');
    findings.expect(
      types.has(eventId!),
      'other',
      () => `message ${where} carries event ${eventId}, which nobody stated`,
    );
  }
  return { stated: types, copies };
}

function checkHandled(
  findings: Findings,
  consumer: string,
  stated: ReadonlyMap<string, string>,
  types: ReadonlySet<string>,
  inbox: ReadonlySet<string>,
): void {
  for (const [eventId, type] of stated) {
    if (!types.has(type)) continue;
    findings.look();
    findings.expect(
      inbox.has(eventId),
      'stuck',
      () => `${type}, event ${eventId}, was never handled by ${consumer}`,
    );
  }
  for (const eventId of inbox)
    findings.expect(
      stated.has(eventId),
      'other',
      () => `${consumer} handled event ${eventId}, which nobody stated`,
    );
}
