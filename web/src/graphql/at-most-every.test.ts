import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { atMostEvery } from './at-most-every.ts';

describe('work that is wished for more often than it is done', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('begins at once, and once more for all wishes that came within the interval', async () => {
    let runs = 0;
    const work = atMostEvery(1_000, async () => void (runs += 1));
    work.wish();
    work.wish();
    work.wish();
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(999);
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(runs).toBe(2);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(runs).toBe(2);
  });

  it('never runs twice at a time, however long one run takes', async () => {
    let running = 0;
    let most = 0;
    const work = atMostEvery(10, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 100));
      running -= 1;
    });
    for (let wishes = 0; wishes < 50; wishes += 1) {
      work.wish();
      await jest.advanceTimersByTimeAsync(7);
    }
    expect(most).toBe(1);
  });

  it('does nothing more once it is stopped', async () => {
    let runs = 0;
    const work = atMostEvery(10, async () => void (runs += 1));
    work.wish();
    work.wish();
    work.stop();
    await jest.advanceTimersByTimeAsync(100);
    work.wish();
    expect(runs).toBe(1);
  });
});
