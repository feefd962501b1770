import { countRows, nearness, type OrderBlocks, type RowRange } from './order-blocks.ts';

export const pageRows = 200;
/** Further orders are read when the eye is this many rows from the last one that is known. */
const AHEAD = 3 * pageRows;
/** Rows that were let go of are read again when they are this near. */
const NEAR = pageRows / 2;
/** Changes have the top of the list, or rows in view, read at most this often. */
const LIVE_EVERY_MS = 500;
const PEEK_EVERY_MS = 2_000;

export interface LoadingNeeds {
  readonly list: OrderBlocks;
  readonly view: RowRange;
  /** Whether nothing may move by itself. */
  readonly isPaused: boolean;
  /** Whether the eye is at the top, where new orders are shown as they come. */
  readonly isFollowing: boolean;
  /** Whether there may be orders above the list that it does not hold. */
  readonly isTopWanted: boolean;
  /** Whether only the API can tell how many of them are of this list. */
  readonly isPeekUseful: boolean;
  /** When the last reading began that a change had asked for. */
  readonly liveReadAt: number;
  readonly now: number;
}

export type LoadingStep =
  /** Read a page from here: into the list, or to peek: only to count what is new. `isLive` when a change asks for it. */
  | { readonly kind: 'read' | 'peek'; readonly after: string | null; readonly isLive: boolean }
  | { readonly kind: 'wait'; readonly forMs: number }
  | { readonly kind: 'rest' };

/** What to read next: first what the eye misses, then what lies ahead of it, then what has changed. */
export function nextLoadingStep(needs: LoadingNeeds): LoadingStep {
  const { list, view } = needs;
  const { blocks, hasMore } = list;
  if (blocks.length === 0 && hasMore) return { kind: 'read', after: null, isLive: false };

  const missing = blockInView(needs, NEAR, ({ rows }) => rows === null);
  if (missing !== undefined) return { kind: 'read', after: missing.after, isLive: false };

  const isShort = hasMore && view.last > countRows(list) - AHEAD;
  if (isShort) return { kind: 'read', after: blocks.at(-1)?.endCursor ?? null, isLive: false };
  return nextLiveStep(needs);
}

function nextLiveStep(needs: LoadingNeeds): LoadingStep {
  const { isPaused, isFollowing, isTopWanted, isPeekUseful, liveReadAt, now } = needs;
  const within = (everyMs: number, kind: 'read' | 'peek', after: string | null): LoadingStep => {
    const forMs = liveReadAt + everyMs - now;
    return forMs > 0 ? { kind: 'wait', forMs } : { kind, after, isLive: true };
  };
  if (isTopWanted && isFollowing && !isPaused) return within(LIVE_EVERY_MS, 'read', null);
  const stale = isPaused ? undefined : blockInView(needs, 0, ({ isStale }) => isStale);
  if (stale !== undefined) return within(LIVE_EVERY_MS, 'read', stale.after);
  return isTopWanted && isPeekUseful ? within(PEEK_EVERY_MS, 'peek', null) : { kind: 'rest' };
}

function blockInView(
  { list, view }: LoadingNeeds,
  margin: number,
  isSought: (block: OrderBlocks['blocks'][number]) => boolean,
): OrderBlocks['blocks'][number] | undefined {
  const isNear = nearness(view, margin);
  let start = 0;
  return list.blocks.find((block) => {
    const from = start;
    start += block.count;
    return isSought(block) && isNear(from, block.count);
  });
}
