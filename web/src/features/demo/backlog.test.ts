import { describe, expect, it } from '@jest/globals';
import { noBacklog, withPoint } from './backlog.ts';

describe('the backlog over time', () => {
  it('keeps the latest points, and gaps as gaps', () => {
    let backlog = noBacklog;
    for (let second = 1; second <= 4; second += 1)
      backlog = withPoint(backlog, { second, pending: second === 3 ? null : second, outbox: 0 }, 3);
    expect(backlog).toEqual({ seconds: [2, 3, 4], pending: [2, null, 4], outbox: [0, 0, 0] });
  });

  it('has a gap where nothing was read for a while', () => {
    let backlog = withPoint(noBacklog, { second: 1, pending: 5, outbox: 0 }, 10);
    backlog = withPoint(backlog, { second: 20, pending: 7, outbox: 0 }, 10);
    expect(backlog.seconds).toEqual([1, 2, 20]);
    expect(backlog.pending).toEqual([5, null, 7]);
  });

  it('never goes back in time', () => {
    const backlog = withPoint(noBacklog, { second: 5, pending: 1, outbox: 1 }, 3);
    expect(withPoint(backlog, { second: 5, pending: 2, outbox: 2 }, 3)).toBe(backlog);
  });
});
