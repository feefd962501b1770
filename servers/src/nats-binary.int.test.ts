import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NatsServerNotFoundError, resolveNatsServer } from './nats-binary.ts';
import { PINNED_NATS_VERSION } from './nats-release.ts';
import { runCommand } from './run-command.ts';

/** The release is served by a local server; nothing here reaches out, save that the first test of all may fetch a nats-server. */
describe('resolving nats-server', () => {
  let genuine: string;
  let home: string;
  let server: Server;
  let served: Map<string, Buffer>;
  let requests: string[];
  beforeAll(async () => {
    genuine = (await resolveNatsServer()).file;
  }, 180_000);
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'holdfast-nats-'));
    served = new Map();
    requests = [];
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      const body = served.get(request.url ?? '');
      response.writeHead(body ? 200 : 404).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(home, { recursive: true, force: true });
  });

  const cacheFolder = () => join(home, 'cache', 'holdfast');
  const resolveHere = (path = '') =>
    resolveNatsServer({
      env: { XDG_CACHE_HOME: join(home, 'cache'), PATH: path },
      releasesUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      steps: ['release'],
    });
  /** A release in the shape of the official ones, around a program of this machine. */
  const serveRelease = async (sumOf: (archive: Buffer) => string) => {
    const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
    const name = `nats-server-v${PINNED_NATS_VERSION}-${platform}`;
    mkdirSync(join(home, name));
    copyFileSync(genuine, join(home, name, 'nats-server'));
    await runCommand('tar', ['-czf', join(home, 'release.tar.gz'), '-C', home, name]);
    const archive = readFileSync(join(home, 'release.tar.gz'));
    served.set(`/v${PINNED_NATS_VERSION}/${name}.tar.gz`, archive);
    const sums = `${'0'.repeat(64)}  nats-server-of-another-system.zip\n${sumOf(archive)}  ${name}.tar.gz\n`;
    served.set(`/v${PINNED_NATS_VERSION}/SHA256SUMS`, Buffer.from(sums));
  };
  const sha256 = (archive: Buffer) => createHash('sha256').update(archive).digest('hex');

  it('takes the official release when its checksum is right, and the cache from then on', async () => {
    await serveRelease(sha256);
    expect(await resolveHere()).toMatchObject({ origin: 'release' });
    requests = [];
    expect(await resolveHere()).toMatchObject({ origin: 'cache' });
    expect(requests).toEqual([]);
  });

  it('refuses a release whose checksum is wrong, and keeps nothing of it', async () => {
    await serveRelease(() => 'f'.repeat(64));
    await expect(resolveHere()).rejects.toThrow(/SHA-256 [0-9a-f]{64}, but its release states f{64}/);
    expect(readdirSync(cacheFolder())).toEqual([]);
  });

  it('ends with a whole file when two fetch at once', async () => {
    await serveRelease(sha256);
    const both = await Promise.all([resolveHere(), resolveHere()]);
    expect(both.map(({ file }) => file)).toEqual([both[0]?.file, both[0]?.file]);
    expect(readdirSync(cacheFolder())).toHaveLength(1);
    expect(await resolveHere()).toMatchObject({ origin: 'cache' });
  });

  it('takes one on PATH that is new enough, and passes over an old one', async () => {
    const folder = (name: string) => {
      mkdirSync(join(home, name));
      return join(home, name);
    };
    const old = folder('old');
    writeFileSync(join(old, 'nats-server'), '#!/bin/sh\necho nats-server: v2.9.10\n', { mode: 0o755 });
    const recent = folder('recent');
    copyFileSync(genuine, join(recent, 'nats-server'));
    expect(await resolveHere(`${old}:${recent}`)).toMatchObject({
      origin: 'PATH',
      file: join(recent, 'nats-server'),
    });
    await expect(resolveHere(old)).rejects.toThrow(NatsServerNotFoundError);
  });

  it('says what a person can do when there is none', async () => {
    await expect(resolveHere()).rejects.toThrow(
      /brew install nats-server[^]*winget[^]*docker run[^]*NATS_URL/,
    );
  });
});
