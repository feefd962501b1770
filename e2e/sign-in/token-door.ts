import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocket, WebSocketServer, type RawData } from 'ws';

const UNAUTHENTICATED = { errors: [{ message: 'Who is this?', extensions: { code: 'UNAUTHENTICATED' } }] };

/**
 * A door in front of a gateway that lets only known bearer tokens in, as a gateway with authentication does: /graphql answers
 * UNAUTHENTICATED to everyone else, and closes their sockets with 4403. Each token is one customer's.
 */
export class TokenDoor {
  readonly #gatewayPort: number;
  readonly #customers = new Map<string, string>();
  readonly #sockets = new Map<WebSocket, string>();
  readonly #server = createServer((asked, answer) => void this.#pass(asked, answer));
  readonly #webSockets = new WebSocketServer({ server: this.#server, handleProtocols: ([first]) => first! });

  private constructor(gatewayPort: number) {
    this.#gatewayPort = gatewayPort;
    this.#webSockets.on('connection', (socket) => this.#join(socket));
  }

  static async open(gatewayPort: number): Promise<TokenDoor> {
    const door = new TokenDoor(gatewayPort);
    door.#server.listen(0, '127.0.0.1');
    await once(door.#server, 'listening');
    return door;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  admit(token: string, customer: string): void {
    this.#customers.set(token, customer);
  }

  /** From now on the token lets nobody in, and the sockets that it opened are closed. */
  end(token: string): void {
    this.#customers.delete(token);
    for (const [socket, its] of this.#sockets) if (its === token) socket.close(4403, 'The token has ended');
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.keys()) socket.terminate();
    this.#server.close().closeAllConnections();
    await once(this.#server, 'close');
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const isGraphql = asked.url === '/graphql';
    const customer = this.#customers.get(tokenIn(asked.headers.authorization));
    if (isGraphql && customer === undefined) {
      asked.resume();
      answer.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(UNAUTHENTICATED));
      return;
    }
    const { authorization: _, 'accept-encoding': __, ...headers } = asked.headers;
    const forwarded = request({
      port: this.#gatewayPort,
      path: asked.url,
      method: asked.method,
      headers: { ...headers, ...(isGraphql ? { 'x-holdfast-customer': customer } : {}) },
    });
    asked.pipe(forwarded);
    const [answered] = (await once(forwarded, 'response')) as [IncomingMessage];
    if (!isGraphql) {
      answered.pipe(answer.writeHead(answered.statusCode!, answered.headers));
      return;
    }
    const body = (await text(answered)).replace('"authentication":"OFF"', '"authentication":"JWT"');
    answer.writeHead(answered.statusCode!, { 'content-type': answered.headers['content-type'] }).end(body);
  }

  #join(socket: WebSocket): void {
    socket.once('message', (message) => {
      const { payload } = JSON.parse(textOf(message)) as { payload?: { authorization?: string } };
      const token = tokenIn(payload?.authorization);
      const customer = this.#customers.get(token);
      if (customer === undefined) return socket.close(4403, 'Forbidden');
      this.#sockets.set(socket, token);
      this.#connect(socket, customer);
    });
  }

  #connect(socket: WebSocket, customer: string): void {
    const behind = new WebSocket(`ws://127.0.0.1:${this.#gatewayPort}/graphql`, 'graphql-transport-ws');
    const opened = once(behind, 'open');
    const forward = (message: RawData): void => void opened.then(() => behind.send(textOf(message)));
    forward(Buffer.from(JSON.stringify({ type: 'connection_init', payload: { customer } })));
    socket.on('message', forward);
    behind.on('message', (message) => socket.send(textOf(message)));
    behind.on('close', () => socket.terminate());
    socket.on('close', () => (this.#sockets.delete(socket), behind.terminate()));
  }
}

const tokenIn = (authorization = ''): string => authorization.replace(/^Bearer /, '');

const textOf = (message: RawData): string => (message as Buffer).toString('utf8');
