import { describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createGatewayClient, GatewayAwayError, RequestRefusedError } from './gateway-client.ts';

type Answer = { readonly status?: number; readonly body: string } | 'cut';

/** A server that gives these answers one after the other, the last one for ever; and what it was sent. */
async function serve(answers: readonly Answer[]): Promise<{ url: string; bodies: string[]; server: Server }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers[Math.min(bodies.length, answers.length - 1)]!;
      bodies.push(Buffer.concat(chunks).toString());
      if (answer === 'cut') request.socket.destroy();
      else response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, bodies, server };
}

const ok = { body: '{"data":{"a":1}}' };
const failed = (code: string, more = ''): Answer => ({
  body: `{"data":null,"errors":[{"message":"no","extensions":{"code":"${code}"${more}}}]}`,
});

async function ask(answers: readonly Answer[], waitMs = 20_000) {
  const { url, bodies, server } = await serve(answers);
  const client = createGatewayClient({ url, connections: 2, waitMs });
  try {
    return { data: await client.request('query', { key: 'k' }), bodies, retries: client.retries };
  } finally {
    await client.close();
    server.closeAllConnections();
    server.close();
  }
}

describe('createGatewayClient', () => {
  it.each<[string, Answer]>([
    ['the connection is cut', 'cut'],
    ['a proxy answers without JSON', { status: 502, body: '<html>' }],
    ['a service behind it is away', failed('INTERNAL_SERVER_ERROR')],
    ['it is overloaded', failed('OVERLOADED', ',"retryAfterMs":5')],
  ])('asks again with the same variables while %s', async (_, answer) => {
    const { data, bodies, retries } = await ask([answer, answer, ok]);
    expect(data).toEqual({ a: 1 });
    expect(retries).toBe(2);
    expect(new Set(bodies).size).toBe(1);
  });

  it('does not ask again for what is refused', async () => {
    await expect(ask([failed('BAD_USER_INPUT'), ok])).rejects.toThrow(RequestRefusedError);
    await expect(ask([{ status: 413, body: 'too large' }, ok])).rejects.toThrow(RequestRefusedError);
  });

  it('gives up when it got no answer for as long as it may wait', async () => {
    const begun = performance.now();
    await expect(ask([failed('INTERNAL_SERVER_ERROR')], 400)).rejects.toThrow(GatewayAwayError);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
