import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, SignJWT, type JWK } from 'jose';
import { BearerTokens, type TokenRules } from './bearer-tokens.ts';

const rules = {
  issuer: 'issuer',
  audience: 'holdfast',
  algorithms: ['ES256', 'RS256'],
  clockToleranceMs: 5_000,
};
const aKeyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

const sign = (key: KeyObject, kid: string, exp: string | number = '5m'): Promise<string> =>
  new SignJWT({ roles: 'customer' })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer('issuer')
    .setAudience('holdfast')
    .setSubject('ann')
    .setExpirationTime(exp)
    .sign(key);

/** An issuer that publishes its keys over HTTP; the keys can be replaced while it runs. */
class Issuer {
  readonly #server = createServer((_, answer) => {
    this.asked += 1;
    if (this.keys === null) answer.writeHead(500).end();
    else
      answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: this.keys }));
  });
  keys: JWK[] | null = [];
  asked = 0;

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jwks`;
  }
  async stop(): Promise<void> {
    this.#server.close().closeAllConnections();
  }
}

describe('bearer tokens of an issuer with an address', () => {
  const issuer = new Issuer();
  const first = aKeyPair();
  let url: string;
  beforeAll(async () => {
    url = await issuer.start();
    issuer.keys = [{ ...(await exportJWK(first.publicKey)), kid: 'first' }];
  });
  afterAll(() => issuer.stop());

  it('are read with its keys, which are fetched once for many tokens', async () => {
    const tokens = new BearerTokens({ ...rules, keys: { jwksUrl: url } });
    const asked = issuer.asked;
    for (let count = 0; count < 5; count += 1) {
      expect((await tokens.read(await sign(first.privateKey, 'first'))).viewer).toEqual({
        customerId: 'ann',
        isOperator: false,
      });
    }
    expect(issuer.asked - asked).toBe(1);
  });

  it('cannot be judged while it is away, which is no fault of the token', async () => {
    const tokens = new BearerTokens({ ...rules, keys: { jwksUrl: url } });
    const token = await sign(first.privateKey, 'first');
    const { keys } = issuer;
    issuer.keys = null;
    await expect(tokens.read(token)).rejects.toMatchObject({
      extensions: { code: 'AUTHENTICATION_UNAVAILABLE', http: { status: 503 } },
    });
    issuer.keys = keys;
    expect((await tokens.read(token)).viewer.customerId).toBe('ann');
  });

  it('of a key that it does not publish are refused', async () => {
    const tokens = new BearerTokens({ ...rules, keys: { jwksUrl: url } });
    await expect(tokens.read(await sign(aKeyPair().privateKey, 'second'))).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });
});

describe('bearer tokens of a key in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-keys-'));
  const pair = aKeyPair();
  const file = join(folder, 'key.pem');
  writeFileSync(file, pair.publicKey.export({ type: 'spki', format: 'pem' }));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = async (token: Promise<string>, other: Partial<TokenRules> = {}) =>
    new BearerTokens({ ...rules, keys: { publicKeyFile: file }, ...other }).read(await token);

  it('end with their time, and with what clocks may differ', async () => {
    const exp = Math.floor(Date.now() / 1_000) + 60;
    expect((await read(sign(pair.privateKey, 'any', exp))).endsAt).toBe(exp * 1_000 + 5_000);
    const over = Math.floor(Date.now() / 1_000) - 3;
    expect((await read(sign(pair.privateKey, 'any', over))).viewer.customerId).toBe('ann');
    await expect(read(sign(pair.privateKey, 'any', over), { clockToleranceMs: 0 })).rejects.toThrow(
      /has ended/,
    );
  });

  it('are not taken from memory after their end', async () => {
    const tokens = new BearerTokens({ ...rules, clockToleranceMs: 0, keys: { publicKeyFile: file } });
    const exp = Math.ceil(Date.now() / 1_000) + 1;
    const token = await sign(pair.privateKey, 'any', exp);
    await tokens.read(token);
    const isRefused = () =>
      tokens.read(token).then(
        () => false,
        () => true,
      );
    expect(await waitUntil(isRefused, { withinMs: 10_000 })).toBe(true);
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1_000);
  });

  it('are refused when their algorithm is not on the list', async () => {
    await expect(read(sign(pair.privateKey, 'any'), { algorithms: ['RS256'] })).rejects.toThrow(/not signed/);
  });
});
