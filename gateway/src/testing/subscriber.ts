import { waitUntil } from '@holdfast/servers';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

/** One subscription that keeps all it heard. */
export interface Subscriber {
  readonly results: FormattedExecutionResult<Record<string, unknown>>[];
  /** The errors that refused or cut it. */
  readonly errors: GraphQLFormattedError[];
  readonly isComplete: () => boolean;
  /** Waits for at least so many results. */
  heard(count: number): Promise<FormattedExecutionResult<Record<string, unknown>>[]>;
  /** Waits for the end, by completion or by errors. */
  ended(): Promise<void>;
  stop(): void;
}

export const aClient = (url: string, customer?: string): Client =>
  createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(customer === undefined ? {} : { connectionParams: { customer } }),
  });

export function subscribe(
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Subscriber {
  const results: FormattedExecutionResult<Record<string, unknown>>[] = [];
  const errors: GraphQLFormattedError[] = [];
  let isComplete = false;
  const stop = client.subscribe(
    { query, variables },
    {
      next: (result) => void results.push(result as FormattedExecutionResult<Record<string, unknown>>),
      error: (error) => void errors.push(...(Array.isArray(error) ? error : [{ message: describe(error) }])),
      complete: () => {
        isComplete = true;
      },
    },
  );
  return {
    results,
    errors,
    isComplete: () => isComplete,
    heard: async (count) => {
      if (!(await waitUntil(() => results.length >= count, { withinMs: 15_000 }))) {
        throw new Error(`Heard ${results.length} of ${count}; errors: ${JSON.stringify(errors)}`);
      }
      return results;
    },
    ended: async () => {
      if (!(await waitUntil(() => isComplete || errors.length > 0, { withinMs: 15_000 })))
        throw new Error('It goes on');
    },
    stop,
  };
}

const describe = (error: unknown): string =>
  error instanceof Error ? error.message : `closed with ${(error as { code?: number }).code}`;

/** The versions of the changes that a subscriber of orders heard, in the order it heard them. */
export const versionsOf = ({ results }: Subscriber): number[] =>
  results.map(({ data }) => {
    const change = data?.['orderStatusChanged'] ?? data?.['orderChanges'];
    return (change as { version: number }).version;
  });
