import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

describe('prestart', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'holdfast-prestart-'));
    writeJson('package-lock.json', {
      packages: {
        '': { version: '1.0.0' },
        'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
        'node_modules/other-machines': { version: '1.0.0', integrity: 'sha512-o', optional: true },
      },
    });
    mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
    writeFileSync(join(root, 'node_modules', '.bin', 'node'), '');
    writeInstalled('1.0.0');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const writeJson = (file: string, value: unknown) => writeFileSync(join(root, file), JSON.stringify(value));
  const writeInstalled = (version: string) =>
    writeJson('node_modules/.package-lock.json', {
      packages: { 'node_modules/a': { version, integrity: 'sha512-a' } },
    });
  /** With a stand-in for npm that leaves a file with its arguments. */
  const prestart = () => {
    const npm = join(root, 'npm.mjs');
    writeFileSync(
      npm,
      `import { writeFileSync } from 'node:fs'; writeFileSync('npm-ran', process.argv.slice(2).join(' '));`,
    );
    return spawnSync(process.execPath, [join(import.meta.dirname, 'prestart.mjs'), root], {
      env: { ...process.env, NODE_OPTIONS: '', npm_execpath: npm, npm_node_execpath: process.execPath },
      encoding: 'utf8',
    });
  };
  const hasInstalled = () => existsSync(join(root, 'npm-ran'));

  it('installs nothing when what is installed is what package-lock.json says', () => {
    expect(prestart()).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(hasInstalled()).toBe(false);
  });

  it('installs when nothing is installed, and says so', () => {
    rmSync(join(root, 'node_modules', '.package-lock.json'));
    expect(prestart()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Installing dependencies'),
    });
    expect(hasInstalled()).toBe(true);
  });

  it('installs when a package is installed in another version', () => {
    writeInstalled('0.9.0');
    expect(prestart().stdout).toContain('node_modules/a is not as package-lock.json says');
    expect(hasInstalled()).toBe(true);
  });

  it('says in one line what to do when npm did not bring Node 24', () => {
    rmSync(join(root, 'node_modules', '.bin', 'node'));
    const { status, stderr } = prestart();
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('npm rebuild node')]);
  });
});
