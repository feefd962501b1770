import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { REPOSITORY } from './run-file.ts';
import { StartError } from './start-error.ts';
import { buildWebClient } from './web-build.ts';

/** The real Vite on a web client of a few lines. */
describe('building the web client', () => {
  let repository: string;
  let said: string[];
  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), 'holdfast-web-build-'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(repository, 'node_modules'));
    said = [];
    write('package-lock.json', '{}');
    write('gateway/api.graphql', 'type Query { a: Int }');
    write('web/package.json', '{ "type": "module" }');
    write('web/index.html', '<!doctype html><script type="module" src="/src/main.js"></script>');
    write('web/src/main.js', 'document.title = "first";');
  });
  afterEach(() => {
    unlinkSync(join(repository, 'node_modules'));
    rmSync(repository, { recursive: true });
  });

  const path = (file: string) => join(repository, file);
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), content);
  };
  const build = (options: { signal?: AbortSignal; say?: (line: string) => void } = {}) =>
    buildWebClient({ repository, say: (line) => said.push(line), ...options });
  const script = () => {
    const html = readFileSync(path('web/dist/index.html'), 'utf8');
    return path(`web/dist${/src="(\/assets\/[^"]+-[\w-]+\.js)"/.exec(html)?.[1]}`);
  };
  const leftovers = () => readdirSync(path('web')).filter((name) => name.startsWith('dist.'));

  it('puts a page there with its files, and compressed ones beside them', async () => {
    expect(await build()).toBe(true);
    expect(said).toEqual(['Building the web client …']);
    for (const file of [script(), path('web/dist/index.html')]) {
      const content = readFileSync(file);
      expect(brotliDecompressSync(readFileSync(`${file}.br`))).toEqual(content);
      expect(gunzipSync(readFileSync(`${file}.gz`))).toEqual(content);
    }
    expect(readFileSync(script(), 'utf8')).toContain('first');
    expect(leftovers()).toEqual([]);
  });

  it('happens again when what it is made from has changed, and not when only times have', async () => {
    await build();
    utimesSync(path('web/src/main.js'), new Date(), new Date());
    write('web/node_modules/.cache/x', 'x');
    expect(await build()).toBe(false);
    const changes = {
      'web/src/main.js': 'document.title = "second";',
      'web/src/unused.js': '',
      'gateway/api.graphql': 'type Query { b: Int }',
      'package-lock.json': '{ "packages": {} }',
    };
    for (const [file, content] of Object.entries(changes)) {
      write(file, content);
      expect({ file, isBuilt: await build() }).toEqual({ file, isBuilt: true });
      expect(await build()).toBe(false);
    }
    expect(readFileSync(script(), 'utf8')).toContain('second');
    rmSync(path('web/src/unused.js'));
    expect(await build()).toBe(true);
    expect(said).toHaveLength(6);
  });

  it('happens again where somebody else has built or deleted it', async () => {
    await build();
    rmSync(path('web/dist/.built-from'));
    expect(await build()).toBe(true);
    rmSync(path('web/dist'), { recursive: true });
    expect(await build()).toBe(true);
  });

  it('says what is wrong when it fails, and leaves what was there', async () => {
    await build();
    write('web/src/main.js', 'import "./no-such-file.js";');
    const failed = await build().then(
      () => null,
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(StartError);
    expect(String(failed)).toMatch(/The web client could not be built:\n[^]*no-such-file\.js/);
    expect(readFileSync(script(), 'utf8')).toContain('first');
    expect(leftovers()).toEqual([]);
  });

  it('removes what a build left that was killed long ago', async () => {
    const longAgo = new Date(Date.now() - 3_600_000);
    for (const name of ['dist.old', 'dist.new']) mkdirSync(path(`web/${name}`));
    utimesSync(path('web/dist.old'), longAgo, longAgo);
    await build();
    expect(leftovers()).toEqual(['dist.new']);
  });

  it('ends whole when several build at once', async () => {
    const all = await Promise.all([build(), build(), build()]);
    expect(all).toEqual([true, true, true]);
    expect(readFileSync(script(), 'utf8')).toContain('first');
    expect(existsSync(`${script()}.br`)).toBe(true);
    expect(leftovers()).toEqual([]);
    expect(await build()).toBe(false);
  });

  it('changes nothing when it is stopped on the way', async () => {
    await build();
    write('web/src/main.js', 'document.title = "second";');
    write('web/vite.config.js', 'await new Promise((resolve) => setTimeout(resolve, 120_000));');
    const stopping = new AbortController();
    const stop = () => void setTimeout(() => stopping.abort(), 300);
    expect(await build({ signal: stopping.signal, say: stop })).toBe(false);
    expect(readFileSync(script(), 'utf8')).toContain('first');
    expect(leftovers()).toEqual([]);
  });
});
