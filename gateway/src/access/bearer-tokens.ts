import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { CUSTOMER_ID_RULE, isCustomerId, unauthenticated, type Caller } from './viewer.ts';

/** What a token has to be like to be taken. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Signature algorithms with a public key, such as ES256; no others are taken, whatever a token says of itself. */
  readonly algorithms: readonly string[];
  /** By how much the issuer's clock may differ. */
  readonly clockToleranceMs: number;
  readonly keys: { readonly jwksUrl: string } | { readonly publicKeyFile: string };
}

const MAX_TOKEN_LENGTH = 8_192;
/** How long a verified token is not verified again, and so how long a key that its issuer withdrew still counts. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_TOKENS = 10_000;
const JWKS_DEADLINE_MS = 5_000;

class IssuerAwayError extends Error {
  override readonly name = 'IssuerAwayError';
}

/**
 * Verifies bearer tokens (RFC 7519, RFC 8725). `sub` is the customer's id, `roles` holds `customer` or `operator`, and `exp`
 * has to be there. A token that was verified is taken unread for the next minute, but never after its end.
 */
export class BearerTokens {
  readonly #rules: TokenRules;
  readonly #keys: JWTVerifyGetKey;
  readonly #known = new LRUCache<string, Caller>({ max: REMEMBERED_TOKENS, ttl: REMEMBERED_MS });

  /** @throws Error when the file of public keys holds none. */
  constructor(rules: TokenRules) {
    this.#rules = rules;
    const { keys } = rules;
    this.#keys = 'jwksUrl' in keys ? remoteKeys(keys.jwksUrl) : keysInFile(keys.publicKeyFile);
  }

  /**
   * Who a token speaks for.
   * @throws GraphQLError UNAUTHENTICATED (401) for one that does not count, FORBIDDEN (403) for one without a role here,
   * AUTHENTICATION_UNAVAILABLE (503) when the issuer's keys cannot be had.
   */
  async read(token: string): Promise<Caller> {
    const known = this.#known.get(token);
    if (known && known.endsAt! > Date.now()) return known;
    const caller = callerOf(await this.#verify(token), this.#rules);
    this.#known.set(token, caller);
    return caller;
  }

  async #verify(token: string): Promise<JWTPayload> {
    if (token.length > MAX_TOKEN_LENGTH) throw unauthenticated('The token is too long');
    const { issuer, audience, algorithms, clockToleranceMs } = this.#rules;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer,
        audience,
        algorithms: [...algorithms],
        clockTolerance: clockToleranceMs / 1_000,
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

function callerOf({ sub, roles, exp }: JWTPayload, { clockToleranceMs }: TokenRules): Caller {
  const held: unknown[] = Array.isArray(roles) ? roles : [roles];
  const isOperator = held.includes('operator');
  if (!isOperator && !held.includes('customer')) {
    throw new GraphQLError(
      'The token has no role here: its claim "roles" has to hold "customer" or "operator"',
      {
        extensions: { code: 'FORBIDDEN', http: { status: 403 } },
      },
    );
  }
  if (!isCustomerId(sub))
    throw unauthenticated(`The token's "sub" has to be a customer's id: ${CUSTOMER_ID_RULE}`);
  return { viewer: { customerId: sub, isOperator }, endsAt: exp! * 1_000 + clockToleranceMs };
}

/** What a caller is told: which rule the token broke, and nothing that would help to make another. */
function refusalOf(error: unknown): GraphQLError {
  if (error instanceof IssuerAwayError) {
    return new GraphQLError('Tokens cannot be verified at the moment: their issuer does not answer', {
      originalError: error,
      extensions: { code: 'AUTHENTICATION_UNAVAILABLE', http: { status: 503 } },
    });
  }
  if (error instanceof errors.JWTExpired) return unauthenticated('The token has ended');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return unauthenticated(`The token's claim "${error.claim}" is not as it has to be here`);
  }
  return unauthenticated('The token is not signed by a key of its issuer');
}

/** The issuer's keys by their address: read when first needed, again when a token names an unknown one, and every ten minutes. */
function remoteKeys(url: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(url), { timeoutDuration: JWKS_DEADLINE_MS });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      const isAnswered =
        error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
      throw isAnswered ? error : new IssuerAwayError('The issuer gives no keys', { cause: error });
    }
  };
}

/** A PEM public key (SPKI), or a JSON Web Key Set. */
function keysInFile(file: string): JWTVerifyGetKey {
  const text = readFileSync(file, 'utf8');
  if (text.trimStart().startsWith('{')) return createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
  const key = createPublicKey(text);
  return async () => key;
}
