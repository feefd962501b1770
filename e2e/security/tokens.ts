import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';

export type Claims = JWTPayload & { readonly roles?: unknown };

/** Makes good tokens, and bad ones, for a system whose tokens are signed by the development key of its data folder. */
export class TokenForge {
  readonly #privateJwk: JWK;

  constructor(dataFolder: string) {
    this.#privateJwk = JSON.parse(
      readFileSync(join(dataFolder, 'auth', 'development-key.json'), 'utf8'),
    ) as JWK;
  }

  /** A good token of a customer; `claims` replace its own, and undefined takes one out. */
  async sign(claims: Claims = {}, key: JWK = this.#privateJwk): Promise<string> {
    return new SignJWT(goodClaims(claims))
      .setProtectedHeader({ alg: 'EdDSA', kid: this.#privateJwk.kid! })
      .sign(await importJWK(key, 'EdDSA'));
  }

  /** As `sign`, with a key that the gateway does not know under a name that it knows. */
  signWithForeignKey(claims: Claims = {}): Promise<string> {
    return this.sign(claims, generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
  }

  /** Without a signature, which a careless reader of `alg` takes for one that needs none. */
  unsigned(claims: Claims = {}): string {
    return `${part({ alg: 'none', typ: 'JWT' })}.${part(goodClaims(claims))}.`;
  }

  /** Signed with the text of the public key as a shared secret, which a careless reader of `alg` verifies with just that. */
  signedWithPublicKeyAsSecret(claims: Claims = {}): string {
    const { d: _, ...publicJwk } = this.#privateJwk;
    const key = createPublicKey({ key: publicJwk, format: 'jwk' });
    const statement = `${part({ alg: 'HS256', typ: 'JWT', kid: this.#privateJwk.kid! })}.${part(goodClaims(claims))}`;
    const secret = key.export({ type: 'spki', format: 'pem' });
    return `${statement}.${createHmac('sha256', secret).update(statement).digest('base64url')}`;
  }

  /** A good token whose content was changed after it was signed. */
  async tampered(): Promise<string> {
    const [head, , signature] = (await this.sign()).split('.');
    return `${head}.${part(goodClaims({ sub: 'ada', roles: ['operator'] }))}.${signature}`;
  }
}

const goodClaims = (claims: Claims): JWTPayload => {
  const now = Math.floor(Date.now() / 1_000);
  const good = {
    iss: 'holdfast-development',
    aud: 'holdfast',
    sub: 'ada',
    roles: ['customer'],
    jti: randomUUID(),
  };
  return { ...good, iat: now, exp: now + 3_600, ...claims };
};

const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');

/** In seconds from now, as the claims of a token count. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
