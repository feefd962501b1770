import { waitUntil } from '@holdfast/servers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TcpProxy } from './proxy.ts';

/** Both ends of one connection through the proxy, with what each has heard. */
interface Ends {
  readonly client: End;
  readonly server: End;
}
interface End {
  readonly socket: Socket;
  heard: string;
  /** `open`, `ended` by the other end, or `reset`. */
  state: 'open' | 'ended' | 'reset';
}

let server: Server;
let proxy: TcpProxy;
let accepted: Socket[];
let sockets: Socket[];
beforeEach(async () => {
  accepted = [];
  sockets = [];
  server = createServer((socket) => accepted.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await TcpProxy.start(0, () => (server.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  for (const socket of [...sockets, ...accepted]) socket.destroy();
  server.close();
});

const endOf = (socket: Socket): End => {
  const end: End = { socket, heard: '', state: 'open' };
  socket.on('data', (piece) => (end.heard += String(piece)));
  socket.on('end', () => (end.state = 'ended'));
  socket.on('error', () => (end.state = 'reset'));
  return end;
};
async function open(): Promise<Ends> {
  const before = accepted.length;
  const socket = connect(proxy.port, '127.0.0.1');
  sockets.push(socket);
  const client = endOf(socket);
  await until(() => accepted.length > before);
  return { client, server: endOf(accepted.at(-1)!) };
}
const until = async (holds: () => boolean): Promise<void> => {
  if ((await waitUntil(holds, { withinMs: 10_000, everyMs: 5 })) === null) throw new Error('it did not come');
};

/** Says something on another connection, which is heard after whatever had gone through before. */
async function meanwhile(): Promise<void> {
  const other = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(other);
  const before = accepted.length;
  await until(() => accepted.length > before);
  accepted.at(-1)!.end('x');
  await once(other.resume(), 'end');
}

describe('a proxy', () => {
  it('carries both ways, and tells each end when the other has ended', async () => {
    const { client, server } = await open();
    client.socket.write('ask');
    await until(() => server.heard === 'ask');
    server.socket.end('answer');
    await until(() => client.heard === 'answer' && client.state === 'ended');
    expect(server.state).not.toBe('reset');
  });

  it('stalls one way only, and loses nothing of it', async () => {
    const { client, server } = await open();
    proxy.impose({ upward: 'stalled' });
    client.socket.write('lost?');
    server.socket.write('still here');
    await until(() => client.heard === 'still here');
    await meanwhile();
    expect(server.heard).toBe('');
    proxy.heal();
    await until(() => server.heard === 'lost?');
  });

  it('stalls the other way only', async () => {
    const { client, server } = await open();
    proxy.impose({ downward: 'stalled' });
    server.socket.write('an answer');
    client.socket.write('asked again');
    await until(() => server.heard === 'asked again');
    await meanwhile();
    expect(client.heard).toBe('');
    proxy.heal();
    await until(() => client.heard === 'an answer');
  });

  it('does not tell of an end through a direction that is stalled', async () => {
    const { client, server } = await open();
    proxy.impose({ upward: 'stalled', downward: 'stalled' });
    client.socket.resetAndDestroy();
    await meanwhile();
    expect(server.state).toBe('open');
    proxy.heal();
    await until(() => server.state !== 'open');
  });

  it('stalls connections that are made during a stall', async () => {
    proxy.impose({ upward: 'stalled' });
    const { client, server } = await open();
    client.socket.write('hello');
    await meanwhile();
    expect(server.heard).toBe('');
    proxy.heal();
    await until(() => server.heard === 'hello');
  });

  it('cuts what is open and carries what comes next', async () => {
    const { client, server } = await open();
    proxy.cut();
    await until(() => client.state === 'reset' && server.state === 'reset');
    await until(() => proxy.connections === 0);
    const next = await open();
    next.client.socket.write('again');
    await until(() => next.server.heard === 'again');
  });

  it('resets every connection while what is behind it is not to be reached', async () => {
    const { client } = await open();
    proxy.impose({ isReachable: false });
    const late = endOf(connect(proxy.port, '127.0.0.1'));
    await until(() => client.state === 'reset' && late.state === 'reset');
    proxy.heal();
    const next = await open();
    next.server.socket.write('back');
    await until(() => next.client.heard === 'back');
  });

  it('delays each piece by its time, in order', async () => {
    const { client, server } = await open();
    proxy.impose({ upward: { delayMs: 150 } });
    const sentAt = performance.now();
    client.socket.write('one ');
    client.socket.end('two');
    await until(() => server.heard === 'one two' && server.state === 'ended');
    expect(performance.now() - sentAt).toBeGreaterThanOrEqual(149);
  });

  it('carries more than any buffer holds after a stall', async () => {
    const { client, server } = await open();
    let bytes = 0;
    server.socket.on('data', (piece) => (bytes += piece.length));
    proxy.impose({ upward: 'stalled' });
    client.socket.write(Buffer.alloc(20_000_000, 'x'));
    for (let times = 0; times < 100; times += 1) await meanwhile();
    expect(bytes).toBe(0);
    // The sender feels it, since the proxy does not keep for it what it cannot carry.
    expect(client.socket.writableLength).toBeGreaterThan(0);
    proxy.heal();
    await until(() => bytes === 20_000_000);
  });
});
