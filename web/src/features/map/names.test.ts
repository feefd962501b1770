import { describe, expect, it } from '@jest/globals';
import { namesWithRoom, type NamedMark } from './names.ts';

describe('names on a map', () => {
  const size = { width: 300, height: 200 };
  const sidesOf = (...marks: readonly NamedMark[]): Record<string, string> =>
    Object.fromEntries([...namesWithRoom(marks, size)].map(([{ name }, side]) => [name, side]));

  it('stand at the right, and at the left where the map ends or another mark lies', () => {
    expect(sidesOf({ name: 'Leeds', x: 100, y: 50 })).toEqual({ Leeds: 'right' });
    expect(sidesOf({ name: 'Leeds', x: 290, y: 50 })).toEqual({ Leeds: 'left' });
    expect(sidesOf({ name: 'Reno', x: 100, y: 50 }, { name: 'Newark', x: 120, y: 52 })).toEqual({
      Reno: 'left',
      Newark: 'right',
    });
  });

  it('are left out rather than to cover a mark or another name', () => {
    const reno = { name: 'Reno', x: 10, y: 50 };
    expect(sidesOf(reno, { name: 'Newark', x: 30, y: 150 })).toEqual({ Reno: 'right', Newark: 'right' });
    expect(sidesOf({ name: 'Leeds', x: 200, y: 150 }, reno, { name: 'Newark', x: 30, y: 52 })).toEqual({
      Leeds: 'right',
      Newark: 'right',
    });
  });

  it('stand for the largest mark, or the first of equal ones, whatever lies there', () => {
    const reno = { name: 'Reno', x: 10, y: 50 };
    expect(sidesOf(reno, { name: 'Newark', x: 30, y: 52 })).toEqual({ Reno: 'right' });
    expect(sidesOf(reno, { name: 'Newark', x: 30, y: 52, radius: 8 })).toEqual({ Newark: 'right' });
  });

  it('are not given to what plays no part, and may lie over it', () => {
    expect(sidesOf({ name: 'Leeds', x: 100, y: 50 }, { name: 'York', x: 115, y: 50, isAside: true })).toEqual(
      { Leeds: 'right' },
    );
  });
});
