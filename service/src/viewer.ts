import { createHmac, timingSafeEqual } from 'node:crypto';
import { GraphQLError } from 'graphql';

/** Who a request is for. */
export interface Viewer {
  readonly customerId: string;
  readonly isOperator: boolean;
}

/** The header by which the gateway tells a subgraph the viewer. */
export const VIEWER_HEADER = 'x-holdfast-viewer';

/** How long the gateway's word for a viewer counts: longer than any request takes, too short to be of use to a thief. */
const LIFETIME_MS = 60_000;
/** By how much two machines' clocks may differ. */
const CLOCK_TOLERANCE_MS = 10_000;

type Statement = Viewer & { readonly expiresAt: number };

/**
 * Writes and reads the viewer header. With keys it reads `base64url(JSON).base64url(HMAC-SHA256)`, signed with the first
 * key and good for a minute, and takes the signature of any of them, so that keys can be replaced one service after the
 * other. Without keys, where authentication is off, nothing is signed.
 */
export class ViewerSeal {
  readonly #keys: readonly string[];

  constructor(keys: readonly string[]) {
    this.#keys = keys;
  }

  /** Whether only who holds a key is answered. */
  get isRequired(): boolean {
    return this.#keys.length > 0;
  }

  write(viewer: Viewer, now = Date.now()): string {
    const [key] = this.#keys;
    const { customerId, isOperator } = viewer;
    if (key === undefined) return encode({ customerId, isOperator });
    const statement = encode({ customerId, isOperator, expiresAt: now + LIFETIME_MS } satisfies Statement);
    return `${statement}.${sign(key, statement)}`;
  }

  /**
   * The viewer that the header names; null without a header where authentication is off.
   * @throws GraphQLError UNAUTHENTICATED (status 401) for one that no key has signed or whose time is over, BAD_USER_INPUT
   * for one that cannot be read.
   */
  read(header: string | readonly string[] | undefined, now = Date.now()): Viewer | null {
    if (!this.isRequired) return header === undefined ? null : viewerIn(String(header));
    const [statement = '', signature = '', ...rest] = String(header ?? '').split('.');
    const isSigned = rest.length === 0 && this.#keys.some((key) => isEqual(sign(key, statement), signature));
    if (!isSigned) throw refused(`${VIEWER_HEADER} is missing or not signed by the gateway`);
    const viewer = viewerIn(statement);
    if (!isCurrent(viewer as Statement, now)) throw refused(`${VIEWER_HEADER} is out of date`);
    return { customerId: viewer.customerId, isOperator: viewer.isOperator };
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The purpose is part of what is signed: no signature made for something else with the same key counts. */
const sign = (key: string, statement: string): string =>
  createHmac('sha256', key).update(`holdfast viewer 1.${statement}`).digest('base64url');

function isEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const isCurrent = ({ expiresAt }: Statement, now: number): boolean =>
  expiresAt > now - CLOCK_TOLERANCE_MS && expiresAt <= now + LIFETIME_MS + CLOCK_TOLERANCE_MS;

function viewerIn(statement: string): Viewer {
  try {
    const value = JSON.parse(Buffer.from(statement, 'base64url').toString()) as Partial<Viewer>;
    if (typeof value.customerId === 'string' && typeof value.isOperator === 'boolean') return value as Viewer;
  } catch {
    // Answered below, as for any other header that is none.
  }
  throw new GraphQLError(
    `${VIEWER_HEADER} cannot be read: base64url of {"customerId", "isOperator"} is expected`,
    { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
  );
}

const refused = (message: string): GraphQLError =>
  new GraphQLError(`This service answers the gateway only: ${message}`, {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  });

const forbidden = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });

/** @throws GraphQLError FORBIDDEN when the request is for nobody. */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (viewer === null) throw forbidden('This needs a viewer: the request is for nobody');
  return viewer;
}

/** @throws GraphQLError FORBIDDEN unless the viewer is an operator. */
export function requireOperator(viewer: Viewer | null): Viewer {
  const known = requireViewer(viewer);
  if (!known.isOperator) throw forbidden('This is for operators only');
  return known;
}
