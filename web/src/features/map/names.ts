import type { Size } from './projection.ts';

/** A mark on a map, in pixels from its top left corner. */
export interface NamedMark {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius?: number;
  /** Has no name, and names may cover it. */
  readonly isAside?: boolean;
}

/** At which side of its mark a name stands. */
export type NameSide = 'left' | 'right';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Between a mark's edge and its name. */
export const NAME_GAP = 5;
const LETTER_WIDTH = 7;
const LINE_HEIGHT = 15;
/** Of a mark that does not say. */
export const MARK_RADIUS = 5;

const radiusOf = ({ radius = MARK_RADIUS }: NamedMark): number => radius;

/**
 * The sides at which names have room, beside their marks and on the map; a mark that is left out has none. A name covers no
 * other name and no mark; where there is not room for all, that of the larger mark stands, and of the first of equal ones.
 * The largest mark has its name whatever it covers.
 */
export function namesWithRoom<Mark extends NamedMark>(
  marks: readonly Mark[],
  { width }: Size,
): ReadonlyMap<Mark, NameSide> {
  const shown = marks
    .filter(({ isAside }) => !isAside)
    .toSorted((one, other) => radiusOf(other) - radiusOf(one));
  const taken: Box[] = [];
  const sides = new Map<Mark, NameSide>();
  for (const mark of shown) {
    const free = (['right', 'left'] as const)
      .map((side) => ({ side, box: nameBox(mark, side) }))
      .filter(
        ({ box }) => box.left >= 0 && box.right <= width && !taken.some((other) => overlap(box, other)),
      );
    const isClear = ({ box }: { box: Box }): boolean =>
      shown.every((other) => other === mark || !overlap(box, markBox(other)));
    const chosen = free.find(isClear) ?? (mark === shown[0] ? free[0] : undefined);
    if (chosen === undefined) continue;
    taken.push(chosen.box);
    sides.set(mark, chosen.side);
  }
  return sides;
}

function nameBox(mark: NamedMark, side: NameSide): Box {
  const { name, x, y } = mark;
  const from = radiusOf(mark) + NAME_GAP;
  const to = from + name.length * LETTER_WIDTH;
  const [left, right] = side === 'right' ? [x + from, x + to] : [x - to, x - from];
  return { left, right, top: y - LINE_HEIGHT / 2, bottom: y + LINE_HEIGHT / 2 };
}

function markBox(mark: NamedMark): Box {
  const [{ x, y }, radius] = [mark, radiusOf(mark)];
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
