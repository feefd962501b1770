import { rowsBetween, type OrderBlocks, type RowRange } from './order-blocks.ts';

/** Rows farther than this from where they were are not looked for. */
const REACH = 500;

/** What was in view: the ids of rows from an index on, null for rows that were not there. */
export interface Seen {
  readonly first: number;
  readonly ids: readonly (string | null)[];
}

export const seen = (list: OrderBlocks, range: RowRange): Seen => ({
  first: range.first,
  ids: rowsBetween(list, range).map((row) => row?.id ?? null),
});

/** By how many rows what was in view has moved in a new list: that of its first row that is still there. */
export function shiftOf({ first, ids }: Seen, list: OrderBlocks): number {
  const now = seen(list, { first, last: first + ids.length - 1 });
  if (ids.some((id, place) => id !== null && now.ids[place] === id)) return 0;
  const from = Math.max(0, first - REACH);
  const around = rowsBetween(list, { first: from, last: first + ids.length + REACH });
  const places = new Map(around.map((row, place) => [row?.id, from + place]));
  for (const [place, id] of ids.entries()) {
    const moved = id === null ? undefined : places.get(id);
    if (moved !== undefined) return moved - (first + place);
  }
  return 0;
}
