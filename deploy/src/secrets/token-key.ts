import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  type JsonWebKey,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The file of the development key holds something else. It was left as it is. */
export class TokenKeyError extends Error {
  override readonly name = 'TokenKeyError';
}

/**
 * The public half, as a JWK set, of the Ed25519 key in `file` that signs tokens for development. The key is a private JWK
 * with `kid`, `alg` and `use`; it is made when the file is not there, readable by its owner only. Two that make it at
 * once end with the same one. @throws TokenKeyError
 */
export function developmentKeySet(file: string): { readonly isNew: boolean; readonly jwks: string } {
  const isNew = createOnce(file);
  const { kid, key } = readKey(file);
  const { kty, crv, x } = createPublicKey(key).export({ format: 'jwk' });
  const jwk = { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' };
  return { isNew, jwks: `${JSON.stringify({ keys: [jwk] }, null, 2)}\n` };
}

/** The whole text appears under its name at once, or not at all when that name is taken. */
function createOnce(file: string): boolean {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = privateKey.export({ format: 'jwk' });
  const text = `${JSON.stringify({ ...jwk, kid: thumbprint(jwk), alg: 'EdDSA', use: 'sig' }, null, 2)}\n`;
  mkdirSync(dirname(file), { recursive: true });
  const whole = `${file}.${randomUUID()}`;
  try {
    writeFileSync(whole, text, { flag: 'wx', mode: 0o600 });
    linkSync(whole, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(whole, { force: true });
  }
}

function readKey(file: string): { kid: string; key: ReturnType<typeof createPrivateKey> } {
  try {
    const jwk = JSON.parse(readFileSync(file, 'utf8')) as JsonWebKey & { kid?: string };
    const key = createPrivateKey({ key: jwk, format: 'jwk' });
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`its type is ${key.asymmetricKeyType}`);
    return { kid: jwk.kid ?? thumbprint(jwk), key };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TokenKeyError(`${file} is no private Ed25519 JWK (${reason}); move it away to have a new one`, {
      cause,
    });
  }
}

/** RFC 7638, for a key of RFC 8037: its required members in this order. */
const thumbprint = ({ crv, kty, x }: JsonWebKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
