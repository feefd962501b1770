import type { OrderStatus } from '../../graphql/schema.generated.ts';
import { changedRow, compareKeys, type OrderChange, type OrderRow, type RowKey } from './order-row.ts';

/** A stretch of the list without gaps, from behind the end of the block above it to its own end. */
export interface OrderBlock {
  /** Where to read it from; null for the top of the list. */
  readonly after: string | null;
  /** The last row it was read with, and the cursor behind that. */
  readonly end: RowKey;
  readonly endCursor: string;
  /** Null when it was let go of: it is read again when it comes into view. */
  readonly rows: readonly OrderRow[] | null;
  /** How many rows it has, or had when it was let go of. */
  readonly count: number;
  /** Whether the API may know rows of it that are not here. */
  readonly isStale: boolean;
}

export interface OrderBlocks {
  readonly blocks: readonly OrderBlock[];
  /** Whether there are further orders below the last block. */
  readonly hasMore: boolean;
}

/** An answer of the API: its rows, and what it was asked for. */
export interface OrderPage {
  readonly after: string | null;
  readonly rows: readonly OrderRow[];
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

export const noBlocks: OrderBlocks = { blocks: [], hasMore: true };

/** Blocks with more rows are left as they are; smaller neighbours become one. */
const FULL_BLOCK = 200;

export const countRows = ({ blocks }: OrderBlocks): number =>
  blocks.reduce((sum, { count }) => sum + count, 0);

/**
 * What is known after a page has come: it is the truth from where it was read to its last row, or to the end of the list.
 * Of two states of one order the one with the higher version stays. When the page ends above everything that was known,
 * there may be more in between: the block below it is stale then. Rows in a state that is not wanted are left out.
 */
export function withPage(
  known: OrderBlocks,
  page: OrderPage,
  isWanted: (status: OrderStatus) => boolean,
): OrderBlocks {
  const from = known.blocks.findIndex(({ after }) => after === page.after);
  const isNext = from === -1 && page.after === (known.blocks.at(-1)?.endCursor ?? null);
  if (from === -1 && !isNext) return known; // It was asked for before the list was cut.
  const above = from === -1 ? known.blocks : known.blocks.slice(0, from);
  const below = from === -1 ? [] : known.blocks.slice(from);
  const last = page.rows.at(-1);
  if (last === undefined || page.endCursor === null) {
    return page.hasMore ? known : { blocks: above, hasMore: false };
  }
  const end: RowKey = { placedAtMs: last.placedAtMs, id: last.id };
  const former = new Map(below.flatMap(({ rows }) => rows ?? []).map((row) => [row.id, row]));
  const rows = page.rows
    .map((row) => newer(row, former.get(row.id)))
    .filter(({ status }) => isWanted(status));
  const { after, endCursor } = page;
  const read: OrderBlock = { after, end, endCursor, rows, count: rows.length, isStale: false };
  const rest = page.hasMore ? restBelow(below, page.rows, endCursor) : [];
  const isAtEnd = rest.length === 0;
  return { blocks: joined([...above, read, ...rest]), hasMore: isAtEnd ? page.hasMore : known.hasMore };
}

/** What the blocks hold below the rows read: those above are gone, and the one around the last begins behind it. */
function restBelow(
  blocks: readonly OrderBlock[],
  read: readonly OrderRow[],
  endCursor: string,
): readonly OrderBlock[] {
  const end = read.at(-1)!;
  const around = blocks.findIndex((block) => compareKeys(block.end, end) > 0);
  if (around === -1) return [];
  const block = blocks[around]!;
  const rows = block.rows?.filter((row) => compareKeys(row, end) > 0) ?? null;
  const blockAbove = blocks[around - 1];
  const readOfIt = read.filter((row) => blockAbove === undefined || compareKeys(row, blockAbove.end) > 0);
  const touchesKnown = readOfIt.length === 0 || (rows !== null && rows.length < block.count);
  const rest: OrderBlock = {
    ...block,
    after: endCursor,
    rows,
    count: rows === null ? Math.max(1, block.count - readOfIt.length) : rows.length,
    isStale: block.isStale || !touchesKnown,
  };
  return [rest, ...blocks.slice(around + 1)];
}

/** The rows after changes of some of them; one whose new state is not wanted leaves. `found` says which orders were here. */
export function withChanges(
  list: OrderBlocks,
  changes: ReadonlyMap<string, OrderChange>,
  isWanted: (status: OrderStatus) => boolean,
  markedAt: number,
): { list: OrderBlocks; found: ReadonlySet<string> } {
  const found = new Set<string>();
  if (changes.size === 0) return { list, found };
  const blocks = list.blocks.map((block) => {
    if (block.rows === null) return block;
    let isTouched = false;
    const rows = block.rows.map((row) => {
      const change = changes.get(row.id);
      if (change === undefined) return row;
      found.add(row.id);
      const next = changedRow(row, change, markedAt);
      isTouched ||= next !== row;
      return next;
    });
    if (!isTouched) return block;
    const wanted = rows.filter(({ status }) => isWanted(status));
    return { ...block, rows: wanted, count: wanted.length };
  });
  return { list: found.size === 0 ? list : { ...list, blocks: joined(blocks) }, found };
}

/** The list without what lies below its first `most` rows, but for what is left of a block. */
export function trimmed(list: OrderBlocks, most: number): OrderBlocks {
  const { blocks } = list;
  let sum = 0;
  const cut = blocks.findIndex(({ count }) => (sum += count) >= most);
  return cut === -1 || cut === blocks.length - 1 ? list : { blocks: blocks.slice(0, cut + 1), hasMore: true };
}

/** Lets go of the rows of all blocks that lie more than `margin` rows away from those in view. */
export function forgetful(list: OrderBlocks, view: RowRange, margin: number): OrderBlocks {
  const isNear = nearness(view, margin);
  let start = 0;
  let isChanged = false;
  const blocks = list.blocks.map((block) => {
    const near = isNear(start, block.count);
    start += block.count;
    if (near || block.rows === null) return block;
    isChanged = true;
    return { ...block, rows: null };
  });
  return isChanged ? { ...list, blocks } : list;
}

/** Indices of rows, both included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** The rows at these indices, as far as there are any; null for one that was let go of. */
export function rowsBetween(
  { blocks }: OrderBlocks,
  { first, last }: RowRange,
): readonly (OrderRow | null)[] {
  const rows: (OrderRow | null)[] = [];
  let start = 0;
  for (const block of blocks) {
    const from = Math.max(first, start) - start;
    const to = Math.min(last + 1, start + block.count) - start;
    for (let place = from; place < to; place += 1) rows.push(block.rows?.[place] ?? null);
    start += block.count;
    if (start > last) break;
  }
  return rows;
}

/** Whether a block that starts at an index reaches within `margin` rows of what is in view. */
export const nearness =
  ({ first, last }: RowRange, margin: number) =>
  (start: number, count: number): boolean =>
    start + count > first - margin && start <= last + margin;

/** Says of every block, or of the one that an order stands or would stand in, that it has to be read again. */
export function outdated(list: OrderBlocks, key: RowKey | null): OrderBlocks {
  const only = key === null ? -1 : list.blocks.findIndex(({ end }) => compareKeys(key, end) <= 0);
  const isMeant = (block: OrderBlock, place: number): boolean =>
    !block.isStale && (key === null || place === only);
  if (!list.blocks.some(isMeant)) return list;
  return {
    ...list,
    blocks: list.blocks.map((block, place) => (isMeant(block, place) ? { ...block, isStale: true } : block)),
  };
}

const newer = (read: OrderRow, former: OrderRow | undefined): OrderRow =>
  former !== undefined && former.version >= read.version ? former : read;

/** Small neighbours become one block, so that a list read in many small steps does not fall to pieces. */
function joined(blocks: readonly OrderBlock[]): readonly OrderBlock[] {
  const result: OrderBlock[] = [];
  for (const block of blocks) {
    const above = result.at(-1);
    if (above?.rows && block.rows && !block.isStale && above.count + block.count <= FULL_BLOCK) {
      const rows = [...above.rows, ...block.rows];
      result[result.length - 1] = {
        ...block,
        after: above.after,
        rows,
        count: rows.length,
        isStale: above.isStale,
      };
    } else result.push(block);
  }
  return result;
}
