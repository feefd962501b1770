import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ViewerSeal } from '@holdfast/service';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gatewayItself } from './access/viewer.ts';
import { SubgraphClient } from './subgraph-client.ts';

describe('a request whose connection ends without an answer', () => {
  let requests = 0;
  let lost = 1;
  let client: SubgraphClient;
  const server = createServer((request, response) => {
    requests += 1;
    if (requests <= lost) request.socket.destroy();
    else response.setHeader('content-type', 'application/json').end('{"data":{"done":true}}');
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = new SubgraphClient('orders', `http://127.0.0.1:${port}/graphql`, 5_000, new ViewerSeal([]));
  });
  afterAll(async () => {
    await client.close();
    server.close();
  });
  beforeEach(() => {
    [requests, lost] = [0, 1];
  });

  it.each(['{ orders { id } }', 'mutation { placeOrder { id } }'])('is sent again: %s', async (query) => {
    expect(await client.ask(gatewayItself, { query })).toEqual({ data: { done: true } });
    expect(requests).toBe(2);
  });

  it('is sent three times at most', async () => {
    lost = 10;
    await expect(client.ask(gatewayItself, { query: '{ orders { id } }' })).rejects.toThrow(
      /does not answer/,
    );
    expect(requests).toBe(3);
  });

  it('is sent once when it may have been done and would count anew', async () => {
    const query = 'mutation { extendHold(orderId: "1", minutes: 5) { problems { code } } }';
    await expect(client.ask(gatewayItself, { query })).rejects.toThrow(/does not answer/);
    expect(requests).toBe(1);
  });
});
