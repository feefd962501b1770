import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChromiumNotFoundError, ChromiumPathError, findChromium } from './chromium.ts';

/** With programs of a line or two in place of browsers and of apt-get. */
describe('finding Chromium', () => {
  let folder: string;
  let told: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-chromium-'));
    told = [];
    for (const name of ['first', 'second']) mkdirSync(join(folder, name));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const program = (name: string, lines: string): string => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
    return join(folder, name);
  };
  const BROWSER = 'echo "Chromium 150.0.1 built on a test"';
  const SNAP_NOTE = 'echo "Command requires the chromium snap to be installed."; exit 10';
  const findHere = (env: NodeJS.ProcessEnv = {}, mayInstall = false, places: readonly string[] = []) =>
    findChromium({
      env: { PATH: `${folder}/first:${folder}/second`, ...env },
      mayInstall,
      places,
      onProgress: (line) => told.push(line),
    });
  /** An apt-get that notes how it was called, and may bring a browser. */
  const aptGet = (lines = '') =>
    program('first/apt-get', `PATH=/usr/bin:/bin; echo "$@" >>'${folder}/calls'; ${lines}`);

  it('takes the one that CHROMIUM_PATH names, before any on PATH', async () => {
    program('first/chromium', BROWSER);
    const mine = program('mine', 'echo Google Chrome 150');
    expect(await findHere({ CHROMIUM_PATH: mine })).toBe(mine);
  });

  it('refuses a CHROMIUM_PATH that does not run, rather than to take another', async () => {
    program('first/chromium', BROWSER);
    for (const wrong of [join(folder, 'none'), program('other', 'echo Firefox 150'), folder]) {
      await expect(findHere({ CHROMIUM_PATH: wrong })).rejects.toThrow(ChromiumPathError);
    }
  });

  it('takes one on PATH that runs, and passes over a note that a snap is missing', async () => {
    program('first/chromium-browser', SNAP_NOTE);
    const chrome = program('second/google-chrome', 'echo Google Chrome 150');
    expect(await findHere({}, true)).toBe(chrome);
    const chromium = program('second/chromium', BROWSER);
    expect(await findHere({}, true)).toBe(chromium);
    expect(told).toEqual([]);
  });

  it('takes an application where PATH has none', async () => {
    const application = program('Application', BROWSER);
    expect(await findHere({}, false, [join(folder, 'none'), application])).toBe(application);
  });

  it.each([
    ['the one without windows', '*', /^update\ninstall .*chromium-headless-shell\n$/],
    [
      'the whole one where there is no other',
      'chromium',
      /^update\n.*-headless-shell\ninstall .* chromium\n$/,
    ],
  ])('installs a package where it may, and takes what that brought: %s', async (_which, known, calls) => {
    const browser = join(folder, 'second/chromium');
    const bring = `printf '#!/bin/sh\\n${BROWSER}\\n' >'${browser}'; chmod +x '${browser}'`;
    aptGet(
      `[ $1 = update ] && exit; for name; do :; done; case $name in ${known}) ${bring};; *) exit 100;; esac`,
    );
    expect(await findHere({}, true)).toBe(browser);
    expect(told).toEqual([expect.stringMatching(/^Installing Chromium/)]);
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toMatch(calls);
  });

  it('shows what apt-get said when it fails, and how to get a browser', async () => {
    aptGet('echo "E: Unable to locate package chromium" >&2; exit 100');
    await expect(findHere({}, true)).rejects.toThrow(/apt-get install chromium.*CHROMIUM_PATH/);
    expect(told).toEqual([
      expect.stringMatching(/^Installing Chromium/),
      expect.stringContaining('E: Unable to locate package chromium'),
    ]);
  });

  it('installs nothing where it may not', async () => {
    aptGet();
    await expect(findHere()).rejects.toThrow(ChromiumNotFoundError);
    expect(existsSync(join(folder, 'calls'))).toBe(false);
    expect(told).toEqual([]);
  });
});
