import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TokenKeyError } from '@holdfast/cli/development-key';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeLocalSecrets } from './local-secrets.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('making development secrets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const keyFile = () => join(folder, 'auth', 'key.json');
  const make = (options: { renew?: boolean; now?: Date } = {}) =>
    makeLocalSecrets({
      folder: join(folder, 'secrets'),
      tokenKeyFile: keyFile(),
      renew: false,
      ...options,
    });
  const contents = (): ReadonlyMap<string, string> =>
    new Map(
      readdirSync(join(folder, 'secrets'), { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, 'secrets', name))
        .filter((path) => statSync(path).isFile())
        .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
    );

  it('gives each user a password of its own that nats-server takes for text, in files for the owner only', async () => {
    await make();
    const passwords = [...contents().values()].flatMap(
      (text) => /^(?:password|keys)=(.*)$/m.exec(text)?.[1] ?? [],
    );
    expect(passwords).toHaveLength(11);
    expect(new Set(passwords)).toHaveProperty('size', 11);
    for (const password of passwords) expect(password).toMatch(/^[A-Za-z][A-Za-z0-9]{47}$/);
    for (const path of [...contents().keys(), 'auth/key.json']) {
      expect(statSync(join(folder, path)).mode & 0o077).toBe(0);
    }
  });

  it('changes nothing when it is repeated', async () => {
    await make();
    const before = contents();
    expect(new Set((await make()).map(({ outcome }) => outcome))).toEqual(new Set(['kept']));
    expect(contents()).toEqual(before);
  });

  it('renews everything but the key for tokens', async () => {
    await make();
    const before = contents();
    const key = readFileSync(keyFile(), 'utf8');
    await make({ renew: true });
    const same = [...contents()].filter(([path, text]) => before.get(path) === text).map(([path]) => path);
    expect(same).toEqual(['secrets/jwks.json']);
    expect(readFileSync(keyFile(), 'utf8')).toBe(key);
  });

  it('makes certificates that their authority signed, and makes them anew before they end', async () => {
    const now = new Date('2026-11-25T12:00:00Z');
    await make({ now });
    const read = (name: string) =>
      new X509Certificate(readFileSync(join(folder, 'secrets', 'nats-tls', name)));
    const [server, authority] = [read('tls.crt'), read('ca.crt')];
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkHost('nats-2.nats-headless.holdfast')).toBe('*.nats-headless.holdfast');
    expect(server.checkHost('nats')).toBe('nats');
    expect(server.checkHost('postgres')).toBeUndefined();

    const later = (days: number) => make({ now: new Date(now.getTime() + days * DAY_MS) });
    expect((await later(330)).some(({ outcome }) => outcome === 'renewed')).toBe(false);
    expect((await later(340)).filter(({ outcome }) => outcome === 'renewed')).toHaveLength(3);
  });

  it('puts the public half of the key for tokens, and no more, where the gateway reads it', async () => {
    await Promise.all([make(), make()]);
    const key = JSON.parse(readFileSync(keyFile(), 'utf8')) as Record<string, string>;
    const set = JSON.parse(contents().get('secrets/jwks.json')!) as { keys: Record<string, string>[] };
    const { d: secret, ...publicHalf } = key;
    expect(secret).toMatch(/^\S{43}$/);
    expect(set.keys).toEqual([publicHalf]);
    expect(readdirSync(join(folder, 'auth'))).toEqual(['key.json']);
  });

  it('refuses a key of another kind and leaves it as it is', async () => {
    await make();
    writeFileSync(keyFile(), '{"kty":"EC"}');
    await expect(make()).rejects.toThrow(TokenKeyError);
    expect(readFileSync(keyFile(), 'utf8')).toBe('{"kty":"EC"}');
    expect(existsSync(keyFile())).toBe(true);
  });
});
