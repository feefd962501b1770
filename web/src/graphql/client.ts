import { retryExchange } from '@urql/exchange-retry';
import {
  Client,
  fetchExchange,
  mapExchange,
  subscriptionExchange,
  type CombinedError,
  type Exchange,
} from 'urql';
import { graphcache } from './cache.ts';
import { openLiveSocket, resumingPayload } from './live-socket.ts';
import { newestReadings } from './newest-readings.ts';
import { refuseSession, sessionHeaders, type Session } from './session.ts';

/** A client for one session, with a cache of its own: nothing of one viewer is ever shown to another. */
export interface SessionClient {
  readonly urql: Client;
  /** Without a cache, for pages that keep what they need themselves, such as a table of 100,000 orders. */
  readonly uncached: Client;
  dispose(): void;
}

export function openClient(session: Session): SessionClient {
  const socket = openLiveSocket(session);
  const overSocket = subscriptionExchange({
    forwardSubscription: (request) => {
      let last: number | null = null;
      const payload = { query: request.query ?? '', variables: request.variables as Record<string, unknown> };
      return {
        subscribe: (sink) => ({
          unsubscribe: socket.subscribe(
            resumingPayload(payload, () => last),
            {
              next: (result) => {
                last = versionIn(result.data) ?? last;
                sink.next(result as Parameters<typeof sink.next>[0]);
              },
              error: (error) => sink.error(error),
              complete: () => sink.complete(),
            },
          ),
        }),
      };
    },
  });
  const open = (exchanges: Exchange[]): Client =>
    new Client({
      url: '/graphql',
      preferGetMethod: false,
      fetchOptions: () => ({ headers: sessionHeaders(session) }),
      exchanges: [
        mapExchange({ onError: (error) => void (isRefusal(error) && refuseSession()) }),
        ...exchanges,
        retryExchange({
          initialDelayMs: 300,
          maxDelayMs: 4_000,
          maxNumberAttempts: 6,
          // Reading again is always safe; a command is repeated only by who gave it a key.
          retryIf: (error, operation) => operation.kind === 'query' && error.networkError !== undefined,
        }),
        overSocket,
        fetchExchange,
      ],
    });
  return {
    urql: open([graphcache(), newestReadings]),
    uncached: open([]),
    dispose: () => socket.dispose(),
  };
}

/** The version of the one order that a subscription follows; null for every other subscription. */
function versionIn(data: Readonly<Record<string, unknown>> | null | undefined): number | null {
  const change = data?.['orderStatusChanged'] as { version?: unknown } | undefined;
  return typeof change?.version === 'number' ? change.version : null;
}

const isRefusal = (error: CombinedError): boolean =>
  (error.response as Response | undefined)?.status === 401 ||
  error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED');
