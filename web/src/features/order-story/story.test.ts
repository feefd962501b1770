import { describe, expect, it } from '@jest/globals';
import type { OrderStoryQuery } from './order-story.generated.ts';
import { isUnderWay, partsOf, tellStory } from './story.ts';

type Fact = NonNullable<NonNullable<OrderStoryQuery['order']>['facts']>[number];

const at = (ms: number): string => new Date(1_700_000_000_000 + ms).toISOString();
const now = 1_700_000_001_000;

const aFact = (type: string, ms: number, some: Partial<Fact> = {}): Fact => ({
  id: type,
  type,
  version: 1,
  stream: 'ORDERS',
  subject: 'orders.order.placed.v1',
  correlationId: 'one',
  causationId: null,
  occurredAt: at(ms),
  data: '{}',
  isPublished: true,
  publication: { sequence: '7', publishedAt: at(ms + 3) },
  handling: null,
  ...some,
});
const handled = (ms: number): Pick<Fact, 'handling'> => ({
  handling: { consumer: 'c', handledAt: at(ms), deliveries: 1, streamSequence: '7', publishedAt: at(ms - 2) },
});

const facts = [
  aFact('OrderPlaced', 0, handled(8)),
  aFact('OrderReserved', 20, { causationId: 'StockReserved' }),
  aFact('OrderCancelled', 5_000, handled(5_010)),
];
const reservationFacts = [
  aFact('StockReserved', 8, { causationId: 'OrderPlaced', ...handled(20) }),
  aFact('StockReleased', 5_010, { causationId: 'OrderCancelled', ...handled(5_025) }),
];

describe('the story of an order', () => {
  it('puts every fact below the one that caused it', () => {
    const story = tellStory({ facts, reservationFacts }, now);
    expect(story.facts.map(({ fact, depth }) => [fact.type, depth])).toEqual([
      ['OrderPlaced', 0],
      ['StockReserved', 1],
      ['OrderReserved', 2],
      ['OrderCancelled', 0],
      ['StockReleased', 1],
    ]);
    expect(isUnderWay(story)).toBe(false);
  });

  it('has a part for each command, with the time from its first instant to its last', () => {
    const parts = partsOf(tellStory({ facts, reservationFacts }, now));
    expect(parts.map((part) => [part.facts.length, part.spanMs])).toEqual([
      [3, 23],
      [2, 25],
    ]);
  });

  it('draws a line past a fact to a later one of the same cause', () => {
    const two = [
      aFact('A', 2, { causationId: 'OrderPlaced', ...handled(4) }),
      aFact('B', 5, { causationId: 'OrderPlaced', ...handled(9) }),
    ];
    const story = tellStory({ facts: [facts[0]!], reservationFacts: two }, now);
    expect(story.facts.map(({ lines }) => lines)).toEqual([[], [true], [false]]);
  });

  it.each([
    ['OrderPlaced', true, 'unhandled', true],
    ['OrderPlaced', false, 'unpublished', true],
    ['OrderReserved', true, 'unwanted', false],
  ])('says of %s, published or not (%s), that it is %s', (type, isPublished, progress, isWaiting) => {
    const story = tellStory({ facts: [aFact(type, 0, { isPublished })], reservationFacts: [] }, now);
    expect(story.facts[0]!.progress).toBe(progress);
    expect(isUnderWay(story)).toBe(isWaiting);
  });

  it('does not wait for what is so old that nobody remembers it', () => {
    const days = 22 * 24 * 60 * 60 * 1_000;
    const story = tellStory({ facts: [aFact('OrderPlaced', 0)], reservationFacts: [] }, now + days);
    expect(story.facts[0]!.progress).toBe('forgotten');
    expect(isUnderWay(story)).toBe(false);
  });

  it('tells what one service says while the other is away', () => {
    const story = tellStory({ facts: null, reservationFacts }, now);
    expect(story.missing).toEqual(['orders']);
    expect(story.facts.map(({ depth }) => depth)).toEqual([0, 0]);
    expect(isUnderWay(story)).toBe(true);
  });
});
