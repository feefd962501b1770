import type { CombinedError } from 'urql';
import type { PlaceOrderMutation } from './place-order.generated.ts';

export type PlacingProblem = PlaceOrderMutation['placeOrder']['problems'][number];

/** What came back when an order was sent; null when nothing did within the time one waits for it. */
export type PlacingAnswer = {
  readonly data?: PlaceOrderMutation | undefined;
  readonly error?: Pick<CombinedError, 'networkError' | 'graphQLErrors'> | undefined;
} | null;

export type Verdict =
  | { readonly kind: 'placed'; readonly orderId: string }
  | { readonly kind: 'refused'; readonly problems: readonly PlacingProblem[] }
  /** Sent again after the wait, under the same key, so that it is placed once. */
  | { readonly kind: 'again'; readonly why: 'NO_ANSWER' | 'OVERLOADED'; readonly waitMs: number }
  /** Nobody knows whether it was placed; the customer may press again. */
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'overloaded' }
  | { readonly kind: 'failed'; readonly message: string };

const MOST_ATTEMPTS = 6;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 4_000;
const BUSY_WAIT_MS = 1_000;

/** What an answer to the given attempt (the first is 1) means. */
export function verdictOn(answer: PlacingAnswer, attempt: number): Verdict {
  const placed = answer?.data?.placeOrder;
  if (placed?.order) return { kind: 'placed', orderId: placed.order.id };
  if (placed) return { kind: 'refused', problems: placed.problems };

  const isLast = attempt >= MOST_ATTEMPTS;
  const [first] = answer?.error?.graphQLErrors ?? [];
  const code = first?.extensions['code'];
  if (code === 'OVERLOADED') {
    if (isLast) return { kind: 'overloaded' };
    const asked = first?.extensions['retryAfterMs'];
    return { kind: 'again', why: 'OVERLOADED', waitMs: typeof asked === 'number' ? asked : BUSY_WAIT_MS };
  }
  const isKnown = first !== undefined && code !== 'SUBGRAPH_UNAVAILABLE' && code !== 'INTERNAL_SERVER_ERROR';
  if (isKnown) return { kind: 'failed', message: first.message };
  if (isLast) return { kind: 'unanswered' };
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return { kind: 'again', why: 'NO_ANSWER', waitMs };
}
