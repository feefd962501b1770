import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findKustomize, KustomizeNotFoundError } from './kustomize.ts';

/** With programs of a line in place of kubectl, kustomize, apt-get and dpkg. */
describe('finding kustomize', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-kustomize-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const program = (path: string, lines: string): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
    return file;
  };
  const kubectl = (version: string) =>
    program('path/kubectl', `echo '{"clientVersion": {"gitVersion": "${version}"}}'`);
  const findHere = (mayFetch = false) =>
    findKustomize({ env: { PATH: join(folder, 'path'), XDG_CACHE_HOME: join(folder, 'cache') }, mayFetch });

  it('takes a kubectl of 1.28 or newer, and has it render with its own kustomize', async () => {
    const file = kubectl('v1.32.4-dispatcher');
    const expected = { file, version: '1.32.4', origin: 'PATH', args: ['kustomize'] };
    expect(await findHere()).toMatchObject(expected);
  });

  it('passes over an old kubectl for a kustomize of 5 or newer', async () => {
    kubectl('v1.20.2');
    const file = program('path/kustomize', 'echo v5.8.0');
    expect(await findHere()).toMatchObject({ file, version: '5.8.0', origin: 'PATH', args: ['build'] });
  });

  it.each([
    ['of 4', '{Version:kustomize/v4.5.7 GitCommit:56d82a8}'],
    ['of 4 that does not know its version', '{Version:(devel) GitCommit:unknown}'],
  ])('passes over a kustomize %s', async (_which, said) => {
    program('path/kustomize', `echo '${said}'`);
    await expect(findHere()).rejects.toThrow(KustomizeNotFoundError);
  });

  it('takes one from the cache, also one that its distribution built without a version', async () => {
    const file = program(
      `cache/holdfast/kustomize-${process.platform}-${process.arch}-devel`,
      "echo '(devel)'",
    );
    expect(await findHere()).toMatchObject({ file, version: 'devel', origin: 'cache' });
  });

  it('says what a person can do when there is none, and leaves nothing behind', async () => {
    await expect(findHere()).rejects.toThrow(/brew install kustomize[^]*winget[^]*Linux/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
