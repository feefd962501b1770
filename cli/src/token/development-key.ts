import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importJWK, SignJWT, type JWK } from 'jose';

/** The issuer and audience of development tokens. Nothing in production takes them. */
export const developmentIssuer = 'holdfast-development';
export const developmentAudience = 'holdfast';

/** A key pair for tokens on a machine of one's own. */
export interface DevelopmentKey {
  readonly privateJwk: JWK;
  /** A JSON Web Key Set with the public key only; a gateway takes it as JWT_PUBLIC_KEY_FILE. */
  readonly publicKeyFile: string;
}

export interface TokenContent {
  readonly role: 'customer' | 'operator';
  /** The customer's id, or the operator's name. */
  readonly customer: string;
  readonly minutes: number;
}

/**
 * The key pair in `auth/` of a data folder (Ed25519), made there when it is missing. Only the user may read the private key.
 * Safe to repeat.
 */
export function developmentKey(dataFolder: string): DevelopmentKey {
  const folder = join(dataFolder, 'auth');
  const privateFile = join(folder, 'development-key.json');
  const publicKeyFile = join(folder, 'jwks.json');
  if (!existsSync(privateFile)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    const made = { ...privateKey.export({ format: 'jwk' }), kid: 'development', alg: 'EdDSA', use: 'sig' };
    writeWhole(privateFile, made);
  }
  const privateJwk = JSON.parse(readFileSync(privateFile, 'utf8')) as JWK;
  const { d: _, ...publicJwk } = privateJwk;
  writeWhole(publicKeyFile, { keys: [publicJwk] });
  return { privateJwk, publicKeyFile };
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

function writeWhole(file: string, content: object): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}
