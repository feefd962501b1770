import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

/** The gateway gave no usable answer for the whole time that replay waits. */
export class GatewayAwayError extends Error {
  override readonly name = 'GatewayAwayError';
}

/** The gateway said that the request itself is wrong; asking again would not help. */
export class RequestRefusedError extends Error {
  override readonly name = 'RequestRefusedError';
}

export interface GatewayClient {
  /**
   * Sends one operation and resolves with its data. Asks again, with the same variables, while the gateway or what
   * stands behind it is away or overloaded: so every mutation must carry a key that makes repeating it safe. Rejects
   * with RequestRefusedError at once, with GatewayAwayError after `waitMs` without an answer.
   */
  request<Answer>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** The gateway's clock at its latest answer, to the second; this machine's before any. */
  readonly serverTimeMs: number;
  /** Attempts that had to be repeated. */
  readonly retries: number;
  close(): Promise<void>;
}

export interface GatewayClientOptions {
  /** Such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** Sent with every request, such as an operator's token. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly waitMs: number;
  /** Called when no request was answered for a second, and with null when one is answered again. */
  readonly onAway?: (reason: string | null) => void;
}

interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly retryAfterMs?: number };
}

const firstRetryMs = 100;
const lastRetryMs = 2_000;
const awayAfterMs = 1_000;
const answerDeadlineMs = 30_000;

/** Error codes that say the request is wrong, now and later. */
const finalCodes = new Set([
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
]);

type Outcome<Answer> =
  | { readonly data: Answer }
  | { readonly refused: string }
  | { readonly away: string; readonly retryAfterMs?: number | undefined };

export function createGatewayClient({
  url,
  headers = {},
  connections,
  waitMs,
  onAway,
}: GatewayClientOptions): GatewayClient {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    headersTimeout: answerDeadlineMs,
    bodyTimeout: answerDeadlineMs,
  });
  let serverTimeMs = Date.now();
  let retries = 0;
  let isAway = false;
  let answeredAtMs = performance.now();

  async function attempt<Answer>(body: string): Promise<Outcome<Answer>> {
    try {
      const response = await pool.request({
        method: 'POST',
        path: pathname,
        headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
        body,
      });
      const text = await response.body.text();
      const date = Date.parse(String(response.headers['date']));
      if (!Number.isNaN(date)) serverTimeMs = date;
      return outcomeOf<Answer>(response.statusCode, text);
    } catch (error) {
      return { away: error instanceof Error ? error.message || error.name : String(error) };
    }
  }

  return {
    async request<Answer>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> {
      const body = JSON.stringify({ query, variables });
      const deadline = performance.now() + waitMs;
      for (let delayMs = firstRetryMs; ; delayMs = Math.min(delayMs * 2, lastRetryMs)) {
        const outcome = await attempt<Answer>(body);
        if ('refused' in outcome) throw new RequestRefusedError(outcome.refused);
        if ('data' in outcome) {
          if (isAway) onAway?.(null);
          isAway = false;
          answeredAtMs = performance.now();
          return outcome.data;
        }
        const pauseMs = outcome.retryAfterMs ?? delayMs;
        if (performance.now() + pauseMs > deadline) {
          throw new GatewayAwayError(
            `no answer from ${origin} for ${Math.round(waitMs / 1000)} s: ${outcome.away}`,
          );
        }
        if (!isAway && performance.now() - answeredAtMs > awayAfterMs) {
          isAway = true;
          onAway?.(outcome.away);
        }
        retries += 1;
        await sleep(pauseMs);
      }
    },
    get serverTimeMs() {
      return serverTimeMs;
    },
    get retries() {
      return retries;
    },
    close: () => pool.close(),
  };
}

function outcomeOf<Answer>(status: number, text: string): Outcome<Answer> {
  let answer: { data?: Answer | null; errors?: readonly GraphqlError[] };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    const what = `HTTP ${status} without JSON`;
    return status >= 400 && status < 500 && status !== 408 && status !== 429
      ? { refused: what }
      : { away: what };
  }
  const [error] = answer.errors ?? [];
  if (error !== undefined) {
    const code = error.extensions?.code ?? '';
    if (finalCodes.has(code)) return { refused: `${code}: ${error.message}` };
    return { away: error.message, retryAfterMs: error.extensions?.retryAfterMs };
  }
  if (answer.data === undefined || answer.data === null) return { away: `HTTP ${status} without data` };
  return { data: answer.data };
}
