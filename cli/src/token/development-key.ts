import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  type JsonWebKey,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importJWK, SignJWT, type JWK } from 'jose';

/** The issuer and audience of development tokens. Nothing in production takes them. */
export const developmentIssuer = 'holdfast-development';
export const developmentAudience = 'holdfast';

/** The file of the development key holds something else. It was left as it is. */
export class TokenKeyError extends Error {
  override readonly name = 'TokenKeyError';
}

/** An Ed25519 key pair for tokens on a machine of one's own. */
export interface DevelopmentKey {
  readonly privateJwk: JWK;
  /** A JSON Web Key Set with the public half, as text; a gateway takes a file of it as JWT_PUBLIC_KEY_FILE. */
  readonly jwks: string;
}

export interface TokenContent {
  readonly role: 'customer' | 'operator';
  /** The customer's id, or the operator's name. */
  readonly customer: string;
  readonly minutes: number;
}

/** Where the key pair of a data folder is. */
export const developmentKeyFile = (dataFolder: string): string =>
  join(dataFolder, 'auth', 'development-key.json');

/**
 * The key pair in `file`, a private JWK with `kid`, `alg` and `use`, made when it is not there and readable by its owner only.
 * Two that make it at once end with the same one. @throws TokenKeyError
 */
export function developmentKeyIn(file: string): DevelopmentKey {
  createOnce(file);
  const privateJwk = readKey(file);
  const { kty, crv, x } = createPublicKey({ key: privateJwk, format: 'jwk' }).export({ format: 'jwk' });
  const publicJwk = { kty, crv, x, kid: privateJwk.kid, alg: 'EdDSA', use: 'sig' };
  return { privateJwk, jwks: `${JSON.stringify({ keys: [publicJwk] }, null, 2)}\n` };
}

/** As `developmentKeyIn`, for a data folder; gives the file of public keys beside it too. */
export function developmentKeyOf(dataFolder: string): DevelopmentKey & { readonly publicKeyFile: string } {
  const file = developmentKeyFile(dataFolder);
  const key = developmentKeyIn(file);
  const publicKeyFile = join(dirname(file), 'jwks.json');
  const whole = `${publicKeyFile}.${randomUUID()}`;
  writeFileSync(whole, key.jwks);
  renameSync(whole, publicKeyFile);
  return { ...key, publicKeyFile };
}

/** A signed token that a gateway with this key takes until `minutes` from now. */
export async function signDevelopmentToken(
  { privateJwk }: DevelopmentKey,
  { role, customer, minutes }: TokenContent,
): Promise<string> {
  return new SignJWT({ roles: [role] })
    .setProtectedHeader({ alg: 'EdDSA', kid: privateJwk.kid!, typ: 'JWT' })
    .setIssuer(developmentIssuer)
    .setAudience(developmentAudience)
    .setSubject(customer)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1_000 + minutes * 60))
    .sign(await importJWK(privateJwk, 'EdDSA'));
}

/** The whole text appears under its name at once, or not at all when that name is taken. */
function createOnce(file: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = privateKey.export({ format: 'jwk' });
  const text = `${JSON.stringify({ ...jwk, kid: thumbprint(jwk), alg: 'EdDSA', use: 'sig' }, null, 2)}\n`;
  mkdirSync(dirname(file), { recursive: true });
  const whole = `${file}.${randomUUID()}`;
  try {
    writeFileSync(whole, text, { flag: 'wx', mode: 0o600 });
    linkSync(whole, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(whole, { force: true });
  }
}

function readKey(file: string): JWK & JsonWebKey {
  try {
    const jwk = JSON.parse(readFileSync(file, 'utf8')) as JWK & JsonWebKey;
    const { asymmetricKeyType } = createPrivateKey({ key: jwk, format: 'jwk' });
    if (asymmetricKeyType !== 'ed25519') throw new Error(`its type is ${asymmetricKeyType}`);
    return { ...jwk, kid: jwk.kid ?? thumbprint(jwk) };
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
