import type { GraphQLDataSource } from '@apollo/gateway';
import { VIEWER_HEADER, type Viewer, type ViewerSeal } from '@holdfast/service';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool, type Dispatcher } from 'undici';
import { askDistinct } from './distinct-entities.ts';
import type { ViewerContext } from './access/viewer.ts';

type ProcessOptions = Parameters<GraphQLDataSource<ViewerContext>['process']>[0];

export interface SubgraphRequest {
  readonly query?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
}

export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: GraphQLFormattedError[];
}

const CONNECTIONS = 32;
/** How often a request is sent whose connection was lost, and the pause before the second time; each later one is longer. */
const ATTEMPTS = 3;
const RETRY_MS = 25;
const CONNECT_DEADLINE_MS = 2_000;
/** Below the subgraphs' own 75 s, so that no request is written to a connection that is closing. */
const KEEP_ALIVE_MS = 60_000;

/** One subgraph over kept-alive HTTP connections, as a data source of the query planner and for the gateway's own questions. */
export class SubgraphClient implements GraphQLDataSource<ViewerContext> {
  readonly name: string;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #deadlineMs: number;
  readonly #seal: ViewerSeal;

  constructor(name: string, url: string, deadlineMs: number, seal: ViewerSeal) {
    const { origin, pathname } = new URL(url);
    this.name = name;
    this.#path = pathname;
    this.#deadlineMs = deadlineMs;
    this.#seal = seal;
    this.#pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: { timeout: CONNECT_DEADLINE_MS },
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
  }

  async process({ request, context }: ProcessOptions): Promise<SubgraphAnswer> {
    const { viewer } = context as ViewerContext;
    return askDistinct(request, (distinct) => this.ask(viewer, distinct));
  }

  /** Asks for `viewer`. @throws GraphQLError SUBGRAPH_UNAVAILABLE when there is no answer in time; errors in an answer are returned. */
  async ask(viewer: Viewer, { query, variables, operationName }: SubgraphRequest): Promise<SubgraphAnswer> {
    const body = JSON.stringify({ query, variables, operationName });
    const signal = AbortSignal.timeout(this.#deadlineMs);
    try {
      const response = await this.#send(viewer, body, signal);
      const text = await response.body.text();
      if (isNoAnswer(response.statusCode)) throw new Error(`${this.name} answered ${response.statusCode}`);
      return parseAnswer(text);
    } catch (error) {
      throw this.#unavailable(error as Error);
    }
  }

  /** As `ask`, for questions that have no partial answer. @throws GraphQLError also with the first error of the answer. */
  async data<Data>(viewer: Viewer, request: SubgraphRequest): Promise<Data> {
    const { data, errors } = await this.ask(viewer, request);
    const [error] = errors ?? [];
    if (error) {
      const extensions = { ...error.extensions, serviceName: this.name };
      throw new GraphQLError(error.message, { extensions });
    }
    return data as Data;
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /**
   * Sends it again when the connection ended without an answer, as it does when a replica of the subgraph goes away. It
   * may have been done then, so what counts anew each time is only sent again when nothing can have been sent.
   */
  async #send(viewer: Viewer, body: string, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#pool.request({
          method: 'POST',
          path: this.#path,
          headers: { 'content-type': 'application/json', [VIEWER_HEADER]: this.#seal.write(viewer) },
          body,
          signal,
        });
      } catch (error) {
        if (attempt === ATTEMPTS || !maySendAgain(body, error)) throw error;
        await delay(RETRY_MS * attempt, undefined, { signal });
      }
    }
  }

  #unavailable(cause: Error): GraphQLError {
    return new GraphQLError(`The service "${this.name}" does not answer`, {
      originalError: cause,
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: this.name },
    });
  }
}

/** 401 is between the two services, whose keys differ: no word about the client's own token. */
const isNoAnswer = (status: number): boolean => status >= 500 || status === 401;

/** The mutations that do more when they are repeated; every other has a key, or sets what it sets. */
const COUNTS_ANEW = /\bextendHold\b/;
const LOST_CONNECTION = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

function maySendAgain(body: string, error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return code === 'ECONNREFUSED' || (LOST_CONNECTION.has(code) && !COUNTS_ANEW.test(body));
}

function parseAnswer(text: string): SubgraphAnswer {
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new Error('The answer is no GraphQL response');
  }
  return answer as SubgraphAnswer;
}
