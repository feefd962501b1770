import { describe, expect, it } from '@jest/globals';
import { createGroupWriter, OverloadedError, type GroupWriterOptions } from './group-writer.ts';

class DatabaseAwayError extends Error {}

/** A writer whose groups are kept until `release` lets them go. */
function aGatedWriter(limits: GroupWriterOptions<string, string>['limits'] = {}) {
  const groups: string[][] = [];
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const writer = createGroupWriter<string, string>({
    write: async (group) => {
      groups.push([...group]);
      await gate;
      return group.map((command) => `${command} done`);
    },
    isDatabaseAway: (error) => error instanceof DatabaseAwayError,
    weigh: (command) => command.length,
    limits,
  });
  return { writer, groups, release };
}

/** A writer whose answer to each group is made by `write`, without a wait before it tries again. */
const aWriter = (write: (group: readonly string[]) => string[]) =>
  createGroupWriter<string, string>({
    write: (group) => Promise.resolve(group).then(write),
    isDatabaseAway: (error) => error instanceof DatabaseAwayError,
    weigh: () => 1,
    limits: { retryDelaysMs: [0, 0] },
  });

describe('The group writer', () => {
  it('writes what has arrived in one group, and what arrives meanwhile in the next', async () => {
    const { writer, groups, release } = aGatedWriter({ groupsInFlight: 1 });
    const first = ['a', 'b', 'c'].map((command) => writer.submit(command));
    await new Promise(setImmediate);
    const second = ['d', 'e'].map((command) => writer.submit(command));
    await new Promise(setImmediate);
    release();
    expect(await Promise.all([...first, ...second])).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((c) => `${c} done`),
    );
    expect(groups).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });

  it('bounds a group by the number and by the weight of its commands, and takes one of any weight', async () => {
    const { writer, groups, release } = aGatedWriter({ commandsPerGroup: 3, weightPerGroup: 5 });
    release();
    await Promise.all(
      ['a', 'b', 'c', 'dddd', 'ee', 'ffffffff', 'g'].map((command) => writer.submit(command)),
    );
    expect(groups).toEqual([['a', 'b', 'c'], ['dddd'], ['ee'], ['ffffffff'], ['g']]);
  });

  it('keeps no more groups in flight than it may', async () => {
    const { writer, groups, release } = aGatedWriter({ commandsPerGroup: 1, groupsInFlight: 2 });
    const all = ['a', 'b', 'c', 'd'].map((command) => writer.submit(command));
    await new Promise(setImmediate);
    expect(groups).toEqual([['a'], ['b']]);
    release();
    await Promise.all(all);
    expect(groups).toHaveLength(4);
  });

  it('refuses what its queue has no room for', async () => {
    const { writer, release } = aGatedWriter({ queuedCommands: 2, queuedWeight: 5 });
    const taken = [writer.submit('aaa'), writer.submit('b')];
    await expect(writer.submit('c')).rejects.toThrow(OverloadedError);
    release();
    await Promise.all(taken);
    await expect(writer.submit('dddddd')).rejects.toMatchObject({ retryAfterMs: 1_000 });
    await expect(writer.submit('ddddd')).resolves.toBe('ddddd done');
  });

  it('lets a bad command fail alone', async () => {
    const writer = aWriter((group) => {
      if (group.includes('bad')) throw new Error('bad is bad');
      return group.map((command) => `${command} done`);
    });
    const results = await Promise.allSettled(['a', 'bad', 'b'].map((command) => writer.submit(command)));
    expect(results).toMatchObject([
      { value: 'a done' },
      { reason: { message: 'bad is bad' } },
      { value: 'b done' },
    ]);
  });

  it('writes a group again when the database went away, since it may have been committed or not', async () => {
    let attempts = 0;
    const writer = aWriter((group) => {
      attempts += 1;
      if (attempts < 3) throw new DatabaseAwayError();
      return group.map((command) => `${command} done`);
    });
    expect(await Promise.all([writer.submit('a'), writer.submit('b')])).toEqual(['a done', 'b done']);
    expect(attempts).toBe(3);
  });

  it('gives up on a group, and takes the next one, when the database stays away', async () => {
    let isAway = true;
    const writer = aWriter((group) => {
      if (isAway) throw new DatabaseAwayError('away');
      return group.map((command) => `${command} done`);
    });
    await expect(writer.submit('a')).rejects.toThrow('away');
    isAway = false;
    await expect(writer.submit('a')).resolves.toBe('a done');
  });
});
