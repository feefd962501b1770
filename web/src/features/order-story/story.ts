import type { OrderStoryQuery } from './order-story.generated.ts';

export type Service = 'orders' | 'inventory';

type AskedOrder = NonNullable<OrderStoryQuery['order']>;
type AskedFact = NonNullable<AskedOrder['facts']>[number];

/** How far a fact has come on its way to who waits for it. */
export type FactProgress = 'unpublished' | 'unhandled' | 'handled' | 'unwanted' | 'forgotten';

/** A fact of either service, with its place in the tree of what caused what. */
export interface StoryFact {
  readonly service: Service;
  readonly fact: AskedFact;
  readonly progress: FactProgress;
  /** When its stream had it; null before that, and when nobody remembers. */
  readonly publishedAt: string | null;
  readonly streamSequence: string | null;
  /** 0 for what a client's command caused. */
  readonly depth: number;
  /** For each step of the depth, whether a line goes on below to a later fact of the same cause. */
  readonly lines: readonly boolean[];
  /** Whether facts follow that it caused. */
  readonly hasEffects: boolean;
}

export interface Story {
  readonly facts: readonly StoryFact[];
  /** Services whose part could not be read. */
  readonly missing: readonly Service[];
}

/** How long a service remembers what it has handled. */
const REMEMBERED_MS = 21 * 24 * 60 * 60 * 1_000;

/** What inventory does something about; the other facts of orders it passes by. */
const awaitedByInventory: ReadonlySet<string> = new Set(['OrderPlaced', 'OrderCancelled']);

/** Every fact below the one that caused it, and beside each other in the order in which they were stated. */
export function tellStory(
  { facts, reservationFacts }: Pick<AskedOrder, 'facts' | 'reservationFacts'>,
  now: number,
): Story {
  const all = [
    ...(facts ?? []).map((fact) => ({ service: 'orders' as const, fact })),
    ...(reservationFacts ?? []).map((fact) => ({ service: 'inventory' as const, fact })),
  ].toSorted(byTime);
  const known = new Set(all.map(({ fact }) => fact.id));
  const byCause = Map.groupBy(all, ({ fact: { causationId } }) =>
    causationId !== null && known.has(causationId) ? causationId : null,
  );
  const told: StoryFact[] = [];
  const toldIds = new Set<string>();
  const tell = (cause: string | null, lines: readonly boolean[]): void => {
    const caused = byCause.get(cause) ?? [];
    for (const [place, { service, fact }] of caused.entries()) {
      if (toldIds.has(fact.id)) continue;
      toldIds.add(fact.id);
      const isLast = place === caused.length - 1;
      const own = cause === null ? [] : [...lines, !isLast];
      told.push({
        ...placeOf(service, fact, now),
        depth: own.length,
        lines: own,
        hasEffects: byCause.has(fact.id),
      });
      tell(fact.id, own);
    }
  };
  tell(null, []);
  return {
    facts: told,
    missing: [
      ...(facts === null ? ['orders' as const] : []),
      ...(reservationFacts === null ? ['inventory' as const] : []),
    ],
  };
}

/** Whether something is still on its way, so that the story will soon be longer. */
export const isUnderWay = ({ facts, missing }: Story): boolean =>
  missing.length > 0 || facts.some(({ progress }) => progress === 'unpublished' || progress === 'unhandled');

const byTime = (one: { fact: AskedFact }, other: { fact: AskedFact }): number =>
  one.fact.occurredAt < other.fact.occurredAt
    ? -1
    : one.fact.occurredAt > other.fact.occurredAt
      ? 1
      : one.fact.version - other.fact.version;

function placeOf(
  service: Service,
  fact: AskedFact,
  now: number,
): Omit<StoryFact, 'depth' | 'lines' | 'hasEffects'> {
  const { handling, publication } = fact;
  return {
    service,
    fact,
    progress: progressOf(service, fact, now),
    publishedAt: handling?.publishedAt ?? publication?.publishedAt ?? null,
    streamSequence: handling?.streamSequence ?? publication?.sequence ?? null,
  };
}

function progressOf(
  service: Service,
  { handling, isPublished, type, occurredAt }: AskedFact,
  now: number,
): FactProgress {
  if (handling !== null) return 'handled';
  if (!isPublished) return 'unpublished';
  if (service === 'orders' && !awaitedByInventory.has(type)) return 'unwanted';
  return now - Date.parse(occurredAt) > REMEMBERED_MS ? 'forgotten' : 'unhandled';
}

/** What one command set off: the facts below each fact that none of them caused, and the time that they took. */
export interface StoryPart {
  readonly facts: readonly StoryFact[];
  readonly startMs: number;
  /** From the first that was stated to the last that was handled; at least 1. */
  readonly spanMs: number;
}

export function partsOf({ facts }: Story): readonly StoryPart[] {
  const starts = facts.flatMap(({ depth }, place) => (depth === 0 ? [place] : []));
  return starts.map((start, part) => {
    const own = facts.slice(start, starts[part + 1]);
    const instants = own.flatMap(instantsOf);
    const startMs = Math.min(...instants);
    return { facts: own, startMs, spanMs: Math.max(1, Math.max(...instants) - startMs) };
  });
}

/** When it was stated, published and handled, in milliseconds since the epoch, as far as it was and is known. */
export const instantsOf = ({ fact, publishedAt }: StoryFact): readonly number[] =>
  [fact.occurredAt, publishedAt, fact.handling?.handledAt ?? null]
    .filter((at) => at !== null)
    .map((at) => Date.parse(at));
