import { runCommand } from '@holdfast/servers';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEarlierRelease } from './earlier-release.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-history-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]): Promise<string> =>
  runCommand('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
  });
const commit = async (subject: string): Promise<string> => {
  await git('commit', '--quiet', '--allow-empty', '-m', subject);
  return (await git('rev-parse', 'HEAD')).trim();
};

it('the last tag is the earlier release, and where it is what is checked out the one before', async () => {
  await git('init', '--quiet');
  const first = await commit('first');
  await git('tag', 'v1');
  await commit('second');
  expect(await findEarlierRelease(folder, null)).toEqual({ kind: 'found', name: 'v1', commit: first });
  await git('tag', '-a', 'v2', '-m', 'annotated');
  expect(await findEarlierRelease(folder, null)).toEqual({ kind: 'found', name: 'v1', commit: first });
  expect(await findEarlierRelease(folder, 'v2')).toMatchObject({ kind: 'found', name: 'v2' });
});

it('without a history or a tag it is skipped with a reason, and what is asked for and not there is missing', async () => {
  const outside = await findEarlierRelease(folder, null);
  expect(outside).toMatchObject({ kind: 'skipped', why: expect.stringMatching(/^there is no history here/) });
  await git('init', '--quiet');
  await commit('only');
  expect(await findEarlierRelease(folder, null)).toEqual({
    kind: 'skipped',
    why: 'no earlier release is tagged',
  });
  expect(await findEarlierRelease(folder, 'v9')).toEqual({
    kind: 'missing',
    why: '--from is "v9", which is no tag or commit here',
  });
});

it('the only tag being what is checked out, or beyond a shallow clone, it is skipped', async () => {
  await git('init', '--quiet');
  await commit('first');
  await commit('second');
  await git('tag', 'v1');
  expect(await findEarlierRelease(folder, null)).toMatchObject({ kind: 'skipped' });
  await commit('third');
  const clone = join(folder, 'clone');
  await git('clone', '--quiet', '--depth', '1', '--no-tags', `file://${folder}`, clone);
  expect(await findEarlierRelease(clone, null)).toMatchObject({
    kind: 'skipped',
    why: expect.stringMatching(/shallow/),
  });
});
