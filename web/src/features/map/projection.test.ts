import { describe, expect, it } from '@jest/globals';
import { isWorldwide, projectionFor, type Position } from './projection.ts';

const size = { width: 800, height: 400 };
const london = { latitude: 51.5, longitude: -0.13 };
const leeds = { latitude: 53.8, longitude: -1.55 };
const fiji = { latitude: -18.1, longitude: 178.4 };
const samoa = { latitude: -13.8, longitude: -171.8 };

const pointOf = (shown: readonly Position[], { longitude, latitude }: Position): [number, number] =>
  projectionFor(shown, size)([longitude, latitude])!;

const isInside = ([x, y]: [number, number]): boolean =>
  x >= 0 && x <= size.width && y >= 0 && y <= size.height;

describe('A map of some places', () => {
  it('shows them all, with room around them', () => {
    for (const place of [london, leeds]) expect(isInside(pointOf([london, leeds], place))).toBe(true);
    const [x, y] = pointOf([london], london);
    expect(Math.abs(x - 400)).toBeLessThan(1);
    expect(Math.abs(y - 200)).toBeLessThan(40);
  });

  it('does not go around the world for two places at both sides of the date line', () => {
    expect(isWorldwide([fiji, samoa])).toBe(false);
    const [one, other] = [pointOf([fiji, samoa], fiji), pointOf([fiji, samoa], samoa)];
    expect(isInside(one) && isInside(other)).toBe(true);
    expect(one[0]).toBeLessThan(other[0]);
  });

  it('is a map of the world for places far apart, and for none', () => {
    expect(isWorldwide([london, fiji])).toBe(true);
    expect(isWorldwide([])).toBe(true);
    for (const place of [london, fiji]) expect(isInside(pointOf([london, fiji], place))).toBe(true);
  });
});
