import type { Logger } from '@holdfast/service';
import { GraphQLError, type ExecutionArgs } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type Context, type SubscribePayload } from 'graphql-ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Admission } from '../access/admission.ts';
import type { Authentication } from '../access/authentication.ts';
import type { Caller } from '../access/viewer.ts';
import { limits, overLimit } from '../limits.ts';
import { maskThrown } from '../masking.ts';
import { atEnd } from './at-end.ts';
import type { LiveLayer } from './live-layer.ts';
import type { LiveStream } from './live-stream.ts';

const PING_MS = 12_000;
const CLOSE_DEADLINE_MS = 3_000;
/** What may wait in the memory of this process for one socket; a client that lets more gather is gone. */
const MAX_BUFFERED_BYTES = 4 * limits.messageBytes;

/** Close code of RFC 6455's registry: the server cannot now, and the client may come again. */
const TRY_AGAIN_LATER = 1013;

interface Access {
  readonly authentication: Authentication;
  readonly admission: Admission;
}

interface Extra {
  readonly socket: LiveSocket;
  readonly request: IncomingMessage;
  caller: Caller | null;
}
type SocketContext = Context<Record<string, unknown>, Extra>;

/** A socket that says which limit a message was over when it closes for that. */
class LiveSocket extends WebSocket {
  isAlive = true;

  override close(code?: number, reason?: string | Buffer): void {
    const isTooBig = code === 1009 && reason === undefined;
    super.close(code, isTooBig ? `A message may have at most ${limits.messageBytes} bytes` : reason);
  }
}

/**
 * Subscriptions by `graphql-transport-ws` on /graphql of `server`. graphql-ws speaks the protocol; results are written as
 * the text that subscribers of the same event share, each when the socket has taken the one before.
 */
export class WebSocketTransport {
  readonly #live: LiveLayer;
  readonly #access: Access;
  readonly #log: Logger;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    handleProtocols,
    WebSocket: LiveSocket,
  });
  readonly #protocol = makeServer<Record<string, unknown>, Extra>({
    onConnect: (context) => this.#admit(context),
    subscribe: async ({ contextValue }) => contextValue as AsyncGenerator<never, void>,
    onSubscribe: (context, id, payload) => this.#prepare(context, id, payload),
  });
  readonly #pinging = setInterval(() => this.#ping(), PING_MS);
  #subscriptions = 0;

  constructor(server: Server, live: LiveLayer, access: Access, log: Logger) {
    this.#live = live;
    this.#access = access;
    this.#log = log;
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  get connections(): number {
    return this.#sockets.clients.size;
  }

  get subscriptions(): number {
    return this.#subscriptions;
  }

  /** Lets no new socket in and closes every open one with 1001; those that do not answer within 3 s are cut. */
  async stop(): Promise<void> {
    clearInterval(this.#pinging);
    this.#sockets.close();
    const sockets = [...this.#sockets.clients];
    const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets) socket.close(1001, 'Going away');
    const cutting = setTimeout(() => sockets.forEach((socket) => socket.terminate()), CLOSE_DEADLINE_MS);
    await Promise.all(closed);
    clearTimeout(cutting);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refuse = (status: string): void =>
      void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?', 1)[0] !== '/graphql') return refuse('404 Not Found');
    if (this.#access.authentication.originProblem(request.headers) !== null) return refuse('403 Forbidden');
    this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#opened(opened, request));
  }

  #opened(socket: LiveSocket, request: IncomingMessage): void {
    socket.on('pong', () => {
      socket.isAlive = true;
    });
    socket.on('error', (error) => this.#log.debug({ event: 'socket-failed', err: error }));
    const closed = this.#protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => send(socket, text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on('message', (data) => {
            handle((data as Buffer).toString()).catch((error: unknown) => {
              this.#log.error({ event: 'socket-message-failed', err: error });
              socket.close(CloseCode.InternalServerError, 'Internal error');
            });
          }),
      },
      { socket, request, caller: null },
    );
    socket.once('close', (code, reason) => void closed(code, String(reason)));
  }

  /** False closes the socket with 4403, unless it is closing already. */
  async #admit({ extra, connectionParams }: SocketContext): Promise<boolean> {
    const { socket, request } = extra;
    try {
      extra.caller = await this.#access.authentication.ofSocket(connectionParams, request.headers);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      if (error.extensions['code'] === 'AUTHENTICATION_UNAVAILABLE')
        socket.close(TRY_AGAIN_LATER, error.message);
      return false;
    }
    const cancel = atEnd(extra.caller, () => socket.close(CloseCode.Forbidden, 'The token has ended'));
    socket.once('close', cancel);
    return true;
  }

  #prepare(
    context: SocketContext,
    id: string,
    payload: SubscribePayload,
  ): readonly GraphQLError[] | ExecutionArgs {
    const running = Object.keys(context.subscriptions).length;
    if (running > limits.subscriptionsPerSocket) {
      return [
        overLimit(
          'subscriptionsPerSocket',
          `This would be subscription ${running} of the socket`,
          'BAD_REQUEST',
        ),
      ];
    }
    const prepared = this.#live.prepare(payload.query, payload.operationName ?? undefined);
    if ('errors' in prepared) return prepared.errors.map((error) => maskThrown(error, this.#log));
    const { document, operationName } = prepared.operation;
    const { socket, caller } = context.extra;
    const variables = payload.variables ?? {};
    const { viewer } = caller!;
    try {
      this.#access.admission.admit(viewer, this.#live.schema, { document, variables, operationName });
    } catch (error) {
      return [maskThrown(error, this.#log)];
    }
    const stream = this.#live.open(prepared.operation, variables, viewer);
    const contextValue = this.#drive(socket, id, stream);
    return {
      schema: this.#live.schema,
      document,
      contextValue,
      ...(operationName === undefined ? {} : { operationName }),
    };
  }

  /** A generator for graphql-ws that writes the results itself, and so yields none: its end is the subscription's. */
  #drive(socket: LiveSocket, id: string, stream: LiveStream): AsyncGenerator<never, void> {
    const returned = Promise.withResolvers<void>();
    const end = { done: true, value: undefined } as const;
    const giveUp = async (): Promise<typeof end> => {
      stream.close();
      returned.resolve();
      return end;
    };
    return {
      next: async () => {
        await Promise.race([this.#carry(socket, id, stream), returned.promise]);
        return end;
      },
      return: giveUp,
      throw: giveUp,
      [Symbol.asyncIterator]() {
        return this;
      },
      [Symbol.asyncDispose]: async () => void (await giveUp()),
    };
  }

  async #carry(socket: LiveSocket, id: string, stream: LiveStream): Promise<void> {
    const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    this.#subscriptions += 1;
    try {
      for (let text = await stream.next(); text !== null; text = await stream.next()) {
        await send(socket, `${head}${text}}`);
      }
    } catch (error) {
      throw maskThrown(error, this.#log);
    } finally {
      this.#subscriptions -= 1;
      stream.close();
    }
  }

  #ping(): void {
    for (const client of this.#sockets.clients) {
      if (!client.isAlive) client.terminate();
      client.isAlive = false;
      if (client.readyState === WebSocket.OPEN) client.ping();
    }
  }
}

/** Resolves when the socket has taken the text, or is gone. */
function send(socket: LiveSocket, text: string): Promise<void> {
  if (socket.readyState !== WebSocket.OPEN) return Promise.resolve();
  if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
  return new Promise((resolve) => socket.send(text, () => resolve()));
}
