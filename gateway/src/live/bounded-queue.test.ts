import { describe, expect, it } from '@jest/globals';
import { BoundedQueue, QueueOverflowError } from './bounded-queue.ts';

describe('a bounded queue', () => {
  it('gives what waits, then the end, and wakes a reader that waits', async () => {
    const queue = new BoundedQueue<string>({ limit: 2 });
    const first = queue.next();
    queue.push('a');
    expect(await first).toBe('a');
    queue.push('b');
    queue.end();
    queue.push('late');
    expect([await queue.next(), await queue.next()]).toEqual(['b', null]);
  });

  it('drops everything and says so when more waits than its limit', async () => {
    const queue = new BoundedQueue<number>({ limit: 2 });
    for (const item of [1, 2, 3, 4]) queue.push(item);
    expect(queue.hasOverflowed).toBe(true);
    await expect(queue.next()).rejects.toBeInstanceOf(QueueOverflowError);
  });

  it('keeps the last of each key, and only that counts against the limit', async () => {
    const queue = new BoundedQueue<[string, number]>({ limit: 2, keyOf: ([key]) => key });
    for (const item of [
      ['a', 1],
      ['b', 1],
      ['a', 2],
      ['b', 2],
      ['a', 3],
    ] as [string, number][])
      queue.push(item);
    queue.end();
    expect([await queue.next(), await queue.next(), await queue.next()]).toEqual([['a', 3], ['b', 2], null]);
  });

  it('ends at once for a reader that waits when it is closed', async () => {
    const queue = new BoundedQueue<number>({ limit: 2 });
    const waiting = queue.next();
    queue.close();
    expect(await waiting).toBeNull();
  });
});
