import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { WebSocket, type RawData } from 'ws';
import type { System } from '../system.ts';

/** What came of an attempt: the status, the code of the first error, and whatever else it shows. */
export interface Outcome {
  readonly status?: number;
  /** The `code` of the first GraphQL error or problem; for a socket its close code. */
  readonly code?: string | number;
  readonly data?: unknown;
}

type Headers = Readonly<Record<string, string>>;

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

/** Sends whatever it is told to a system, as a caller who knows all about HTTP does. */
export class Caller {
  readonly #system: System;

  constructor(system: System) {
    this.#system = system;
  }

  /** A GraphQL request as application/json to the gateway, or to a service at another `port`. */
  ask(
    query: string,
    variables: object,
    headers: Headers,
    port = this.#system.ports.gateway,
  ): Promise<Outcome> {
    const body = JSON.stringify({ query, variables });
    return this.send('POST', { ...headers, 'content-type': 'application/json' }, body, port);
  }

  async send(
    method: string,
    headers: Headers,
    body = '',
    port = this.#system.ports.gateway,
    path = '/graphql',
  ): Promise<Outcome & { readonly headers: IncomingHttpHeaders }> {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const answered = parsed(await text(answer));
    return { status: answer.statusCode!, headers: answer.headers, ...answered };
  }

  /** A subscription over WebSocket until its first answer or the end of the socket. */
  async subscribe(
    query: string,
    variables: object,
    { params = {}, headers = {} }: { readonly params?: object; readonly headers?: Headers },
  ): Promise<Outcome> {
    const socket = this.#open(headers);
    try {
      const refused = once(socket, 'unexpected-response').then(([, answer]) => ({
        status: (answer as { statusCode: number }).statusCode,
      }));
      const closed = once(socket, 'close').then(([code]) => ({ code: code as number }));
      const told = once(socket, 'open').then(() => converse(socket, params, { query, variables }));
      socket.on('error', () => {});
      return await Promise.race([refused, told, closed]);
    } finally {
      socket.terminate();
    }
  }

  /** The close code of a socket that goes on listening until it is ended. */
  async untilClosed(query: string, variables: object, params: object): Promise<Outcome> {
    const socket = this.#open({});
    const closed = once(socket, 'close');
    await once(socket, 'open');
    const first = await converse(socket, params, { query, variables });
    const [code, reason] = (await closed) as [number, Buffer];
    return { code, data: [first.data, String(reason)] };
  }

  /** All that an event stream says until the gateway ends it. */
  async listen(query: string, variables: object, headers: Headers): Promise<Outcome> {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(this.#system.url, {
      method: 'POST',
      headers: { ...headers, accept: 'text/event-stream', 'content-type': 'application/json' },
      body,
    });
    const events = (await response.text()).split('\n').filter((line) => line.startsWith('data: '));
    const last = parsed(events.at(-1)?.slice('data: '.length) ?? '');
    return { status: response.status, ...last };
  }

  #open(headers: Headers): WebSocket {
    return new WebSocket(this.#system.webSocketUrl, 'graphql-transport-ws', { headers });
  }
}

/** Says who asks, subscribes, and gives the first answer. */
async function converse(socket: WebSocket, payload: object, subscription: object): Promise<Outcome> {
  const say = (message: object): void => socket.send(JSON.stringify(message));
  const heard = new Promise<Outcome>((resolve) => {
    socket.on('message', (raw: RawData) => {
      const message = JSON.parse((raw as Buffer).toString()) as { type: string; payload?: unknown };
      if (message.type === 'connection_ack') say({ id: '1', type: 'subscribe', payload: subscription });
      if (message.type === 'next') resolve(parsed(JSON.stringify(message.payload)));
      if (message.type === 'error') resolve(parsed(JSON.stringify({ errors: message.payload })));
    });
  });
  say({ type: 'connection_init', payload });
  return heard;
}

interface Answer {
  readonly data?: Record<string, { problems?: { code: string }[] } | null> | null;
  readonly errors?: { extensions?: { code?: string } }[];
}

function parsed(body: string): Outcome {
  try {
    const { data, errors } = JSON.parse(body) as Answer;
    const problem = Object.values(data ?? {}).flatMap((payload) => payload?.problems ?? [])[0];
    const code = errors?.[0]?.extensions?.code ?? problem?.code;
    return { ...(code === undefined ? {} : { code }), data };
  } catch {
    return { data: body };
  }
}
