import { describe, expect, it } from '@jest/globals';
import { paceFrom, step, withPerSecond } from './pacing.ts';

describe('the pace of orders', () => {
  it('makes no drift, however unevenly its timer comes', () => {
    let pace = paceFrom(137, 1_000);
    let begun = 0;
    let now = 1_000;
    for (let tick = 0; tick < 500; tick += 1) {
      now += 3 + ((tick * 7) % 41);
      const next = step(pace, now, 1_000);
      pace = next.pace;
      begun += next.begin;
    }
    expect(begun).toBe(Math.floor(((now - 1_000) * 137) / 1_000));
  });

  it('leaves out what there is no room for, and does not make up for it later', () => {
    const late = step(paceFrom(200, 0), 1_000, 64);
    expect(late).toMatchObject({ begin: 64, missed: 136 });
    expect(step(late.pace, 1_010, 64)).toMatchObject({ begin: 2, missed: 0 });
  });

  it('begins nothing without room or before its time', () => {
    expect(step(paceFrom(100, 0), 9, 64).begin).toBe(0);
    expect(step(paceFrom(100, 0), 1_000, 0)).toMatchObject({ begin: 0, missed: 100 });
  });

  it('changes from now on, without a burst', () => {
    const pace = withPerSecond(step(paceFrom(1, 0), 10_000, 64).pace, 200, 10_000);
    expect(step(pace, 10_000, 64).begin).toBe(0);
    expect(step(pace, 10_100, 64).begin).toBe(20);
    expect(withPerSecond(pace, 200, 99_999)).toBe(pace);
  });
});
