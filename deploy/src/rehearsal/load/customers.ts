import { createClient, type Client } from 'graphql-ws';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { TokenIssuer } from '../stand-ins/token-issuer.ts';

export interface Customer {
  readonly token: string;
  /** One socket for all that the customer watches. */
  readonly client: Client;
}

/** The wait before a lost socket is opened again; each customer's is another, so that they do not all come at once. */
const RETRY_MS = 50;

/** Customers with a token and a socket each; `onReopened` is called each time that a socket had to be opened again. */
export async function customers(
  count: number,
  url: string,
  issuer: TokenIssuer,
  onReopened: () => void,
): Promise<readonly Customer[]> {
  const names = Array.from({ length: count }, (_, index) => `customer-${index + 1}`);
  return Promise.all(
    names.map(async (customer, index) => {
      const token = await issuer.token({ role: 'customer', customer, seconds: 4 * 3_600 });
      const client = createClient({
        url: url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${token}` },
        lazy: false,
        keepAlive: 5_000,
        retryAttempts: Number.MAX_SAFE_INTEGER,
        shouldRetry: () => true,
        retryWait: () => delay(RETRY_MS * (1 + index)),
        onNonLazyError: () => {}, // The next attempt follows; what is missed shows in the versions.
      });
      let opened = 0;
      client.on('connected', () => {
        opened += 1;
        if (opened > 1) onReopened();
      });
      return { token, client };
    }),
  );
}
