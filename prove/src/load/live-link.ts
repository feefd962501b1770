import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { graphqlUrl } from './gateway-http.ts';

/** What a subscription is told. Exactly one of `lost` and `completed` comes last, unless it was left. */
export interface Sink {
  next(data: unknown): void;
  /** The connection ended, or the gateway ended this subscription with an error; `reason` is a code. */
  lost(reason: string): void;
  completed(): void;
}

/** One client's way to the gateways' subscriptions: one socket at a time, at the next gateway after each loss. */
export interface LiveLink {
  /** The gateway that the socket is at, or will be at. */
  readonly gateway: number;
  /** Returns how to leave. */
  subscribe(query: string, variables: Readonly<Record<string, unknown>>, sink: Sink): () => void;
  /** Stops reading the socket, without a word to the server. */
  stopReading(): void;
  readOn(): void;
  close(): void;
}

const pingEveryMs = 3_000;
const pongWithinMs = 4_000;
const acknowledgedWithinMs = 5_000;

/** Without a customer as the operator. */
export function openLiveLink(urls: readonly string[], firstGateway: number, customer?: string): LiveLink {
  let gateway = firstGateway;
  let isReading = true;
  let current = connect();

  function connect(): { readonly client: Client; socket: WebSocket | undefined } {
    const url = graphqlUrl(urls[gateway]!);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    let pongDeadline: NodeJS.Timeout | undefined;
    const client = createClient({
      url: url.href,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionAckWaitTimeout: acknowledgedWithinMs,
      keepAlive: pingEveryMs,
      ...(customer === undefined ? {} : { connectionParams: { customer } }),
      on: {
        opened: (socket) => {
          link.socket = socket as WebSocket;
        },
        ping: (isReceived) => {
          if (isReceived) return;
          clearTimeout(pongDeadline);
          pongDeadline = setTimeout(() => {
            // Whoever does not read its socket sees no pong either, and waits for the server to cut it.
            if (isReading) client.terminate();
          }, pongWithinMs);
        },
        pong: (isReceived) => {
          if (isReceived) clearTimeout(pongDeadline);
        },
        closed: () => clearTimeout(pongDeadline),
      },
    });
    const link = { client, socket: undefined as WebSocket | undefined };
    return link;
  }

  /** Several subscriptions are lost with one socket: only the first of them changes the gateway. */
  function changeGateway(lost: Client): void {
    if (current.client !== lost) return;
    gateway = (gateway + 1) % urls.length;
    isReading = true;
    current = connect();
    void Promise.resolve(lost.dispose()).catch(() => undefined);
  }

  return {
    get gateway() {
      return gateway;
    },
    subscribe(query, variables, sink) {
      const { client } = current;
      let isOver = false;
      const end = (tell: () => void): void => {
        if (isOver) return;
        isOver = true;
        tell();
      };
      const leave = client.subscribe(
        { query, variables },
        {
          next: ({ data, errors }) => {
            if (isOver) return;
            if (errors === undefined || errors.length === 0) sink.next(data);
            else end(() => sink.lost(reasonOf(errors)));
          },
          error: (error) => {
            if (!Array.isArray(error)) changeGateway(client);
            end(() => sink.lost(reasonOf(error)));
          },
          complete: () => end(() => sink.completed()),
        },
      );
      return () => end(leave);
    },
    stopReading: () => {
      isReading = false;
      current.socket?.pause();
    },
    readOn: () => {
      isReading = true;
      current.socket?.resume();
    },
    close: () => {
      current.client.terminate();
      void Promise.resolve(current.client.dispose()).catch(() => undefined);
    },
  };
}

/** An array of GraphQL errors, a CloseEvent, an ErrorEvent of a socket that never opened, or an Error. */
function reasonOf(error: unknown): string {
  if (Array.isArray(error)) {
    const [first] = error as { extensions?: { code?: string } }[];
    return first?.extensions?.code ?? 'ERROR';
  }
  const { code, message } = error as { code?: number | string; message?: string };
  return code === undefined ? (message ?? 'no connection') : `closed ${code}`;
}
