import { Pool } from 'undici';

/** What became of a request, as far as its caller can know. */
export type Answer =
  /** The root field `r` of the answer. */
  | { readonly phase: 'ok'; readonly r: unknown }
  /** fail: refused before anything was tried. unknown: it may have been done. */
  | { readonly phase: 'fail' | 'unknown'; readonly error: string };

export interface GatewayHttp {
  /** One request, never repeated; resolves within `answerWithinMs` and two seconds, and never rejects. `customer` absent: as the operator. */
  ask(query: string, variables: object, customer?: string): Promise<Answer>;
  /** Opens new connections from now on; those that are open end with the answers that they wait for. */
  changeConnections(): void;
  close(): Promise<void>;
}

const connectWithinMs = 2_000;

/** Codes of GraphQL errors that say that nothing was tried. */
const refusals: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OVERLOADED',
  'RATE_LIMITED',
  'UNAUTHENTICATED',
]);

/** Codes of connections that were never made, so that no byte of the request was sent. */
const unsent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** A gateway's address for queries and mutations; a URL without a path means `/graphql`. */
export function createGatewayHttp(url: string, connections: number, answerWithinMs = 8_000): GatewayHttp {
  const { origin, pathname } = graphqlUrl(url);
  const open = (): Pool =>
    new Pool(origin, {
      connections,
      connect: { timeout: connectWithinMs },
      headersTimeout: answerWithinMs,
      bodyTimeout: answerWithinMs,
    });
  let pool = open();
  return {
    async ask(query, variables, customer) {
      try {
        const { statusCode, body } = await pool.request({
          method: 'POST',
          path: pathname,
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            ...(customer === undefined ? {} : { 'x-holdfast-customer': customer }),
          },
          body: JSON.stringify({ query, variables }),
          // Also what waits here for a connection has its end.
          signal: AbortSignal.timeout(answerWithinMs + connectWithinMs),
        });
        return answerOf(statusCode, await body.text());
      } catch (error) {
        const code = codeOf(error);
        return { phase: unsent.has(code) ? 'fail' : 'unknown', error: code };
      }
    },
    changeConnections: () => {
      void pool.close();
      pool = open();
    },
    close: () => pool.destroy(),
  };
}

export function graphqlUrl(url: string): URL {
  const parsed = new URL(url);
  if (parsed.pathname === '/') parsed.pathname = '/graphql';
  return parsed;
}

function answerOf(statusCode: number, text: string): Answer {
  let answer: { data?: { r?: unknown } | null; errors?: readonly { extensions?: { code?: string } }[] };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    return { phase: 'unknown', error: `HTTP_${statusCode}` };
  }
  const r = answer.data?.r;
  // Without errors null is an answer, too: there is no such thing.
  if (r !== undefined && (r !== null || answer.errors === undefined)) return { phase: 'ok', r };
  const code = answer.errors?.[0]?.extensions?.code ?? `HTTP_${statusCode}`;
  return { phase: refusals.has(code) ? 'fail' : 'unknown', error: code };
}

function codeOf(error: unknown): string {
  const { code, name, errors } = error as { code?: string; name?: string; errors?: readonly unknown[] };
  return code ?? (errors?.[0] === undefined ? (name ?? String(error)) : codeOf(errors[0]));
}
