import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayHttp, type GatewayHttp } from './gateway-http.ts';

let server: Server;
let gateway: GatewayHttp;
let answer: { status: number; body: string } | 'cut';

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    if (answer === 'cut') request.on('end', () => request.socket.destroy());
    else response.writeHead(answer.status).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  gateway = createGatewayHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 1);
});

afterAll(async () => {
  await gateway.close();
  server.close();
});

const answered = (status: number, body: object | string) => {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
  return gateway.ask('{ r }', {});
};

test('takes data for an answer, also with errors beside it', async () => {
  const errors = [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];
  expect(await answered(200, { data: { r: { order: null } }, errors })).toEqual({
    phase: 'ok',
    r: { order: null },
  });
});

test('takes null for an answer only without errors', async () => {
  expect(await answered(200, { data: { r: null } })).toEqual({ phase: 'ok', r: null });
  const errors = [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];
  expect(await answered(200, { data: { r: null }, errors })).toEqual({
    phase: 'unknown',
    error: 'SUBGRAPH_UNAVAILABLE',
  });
});

test('takes OVERLOADED for a refusal, and what it does not know for an unknown outcome', async () => {
  expect(await answered(200, { errors: [{ extensions: { code: 'OVERLOADED' } }] })).toEqual({
    phase: 'fail',
    error: 'OVERLOADED',
  });
  expect(await answered(500, { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })).toEqual({
    phase: 'unknown',
    error: 'INTERNAL_SERVER_ERROR',
  });
  expect(await answered(502, 'Bad gateway')).toEqual({ phase: 'unknown', error: 'HTTP_502' });
});

test('takes a connection that ends before the answer for an unknown outcome', async () => {
  answer = 'cut';
  expect(await gateway.ask('{ r }', {})).toMatchObject({ phase: 'unknown' });
});

test('changes its connections without losing an answer that is on its way', async () => {
  const ports = new Set<number>();
  const note = ({ socket }: IncomingMessage) => void ports.add(socket.remotePort!);
  server.on('request', note);
  const first = answered(200, { data: { r: 1 } });
  gateway.changeConnections();
  const second = answered(200, { data: { r: 1 } });
  expect(await Promise.all([first, second])).toEqual([
    { phase: 'ok', r: 1 },
    { phase: 'ok', r: 1 },
  ]);
  server.off('request', note);
  expect(ports.size).toBe(2);
});

test('takes a refused connection for a request that was never made', async () => {
  const nobody = createServer().listen(0, '127.0.0.1');
  await once(nobody, 'listening');
  const { port } = nobody.address() as AddressInfo;
  nobody.close();
  await once(nobody, 'close');
  const away = createGatewayHttp(`http://127.0.0.1:${port}`, 1);
  expect(await away.ask('{ r }', {})).toEqual({ phase: 'fail', error: 'ECONNREFUSED' });
  await away.close();
});
