import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-sse';
import { randomUUID } from 'node:crypto';
import { aGateway, type TestGateway } from '../testing/a-gateway.ts';

const STATUS = `subscription($id: ID!, $after: Int) {
  orderStatusChanged(orderId: $id, after: $after) { version order { status total { amount } } }
}`;

let test: TestGateway;
beforeAll(async () => {
  test = await aGateway();
});
afterAll(() => test.stop());

const aClient = (headers: Record<string, string> = {}) =>
  createClient({ url: `${test.gateway.url}/graphql`, headers, retryAttempts: 0 });

const post = (url: string, query: string, variables: object = {}): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
  });

describe('server-sent events', () => {
  it('tell a client of graphql-sse the changes after the version it has, and end after the final one', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING', 'anna');
    test.orders.commit(id, 'RESERVED', 'anna');
    const results: unknown[] = [];
    for await (const result of aClient({ 'x-holdfast-customer': 'anna' }).iterate({
      query: STATUS,
      variables: { id, after: 1 },
    })) {
      results.push(result);
      if (results.length === 1) await test.facts.publish(test.orders.commit(id, 'CANCELLED', 'anna'));
    }
    const told = (version: number, status: string): object => ({
      data: { orderStatusChanged: { version, order: { status, total: { amount: '10.00' } } } },
    });
    expect(results).toEqual([told(2, 'RESERVED'), told(3, 'CANCELLED')]);
  });

  it('are open to a GET, as a browser’s EventSource sends it', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'REJECTED');
    const parameters = new URLSearchParams({ query: STATUS, variables: JSON.stringify({ id }) });
    const response = await fetch(`${test.gateway.url}/graphql?${parameters}`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await response.text()).toContain('event: complete');
  });

  it('tell what is wrong with the order, the document or the request', async () => {
    const unknown = await (await post(test.gateway.url, STATUS, { id: randomUUID() })).text();
    expect(unknown).toMatch(/event: next\ndata: .*ORDER_NOT_FOUND.*\n\nevent: complete\n/);
    const wrong = await (await post(test.gateway.url, 'subscription { nothing }')).text();
    expect(wrong).toContain('GRAPHQL_VALIDATION_FAILED');
    const aliases = Array.from({ length: 101 }, (_, n) => `a${n}: version`).join(' ');
    expect(
      await (await post(test.gateway.url, `subscription { orderChanges { ${aliases} } }`)).text(),
    ).toContain('"limit":"aliases"');
    expect(await (await post(test.gateway.url, '{ __typename }')).text()).toContain('BAD_REQUEST');
    expect((await post(test.gateway.url, STATUS, [])).status).toBe(400);
  });

  it('let go of an order when the client goes away', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const aborting = new AbortController();
    const url = `${test.gateway.url}/graphql?${new URLSearchParams({ query: STATUS, variables: JSON.stringify({ id }) })}`;
    await fetch(url, { headers: { accept: 'text/event-stream' }, signal: aborting.signal });
    await test.metricIs('holdfast_live_open_orders', 1);
    aborting.abort();
    await test.metricIs('holdfast_live_open_orders', 0);
    await test.metricIs('holdfast_sse_connections', 0);
  });

  it('end without `complete` when the gateway stops, so that clients go on elsewhere', async () => {
    const other = await aGateway();
    const response = await post(other.gateway.url, 'subscription { orderChanges { version } }');
    await other.metricIs('holdfast_sse_connections', 1);
    const [text] = await Promise.all([response.text(), other.stop()]);
    expect(text).not.toContain('complete');
  });

  it('end in the middle of a replay when the gateway stops, and write nothing after that', async () => {
    const other = await aGateway();
    const id = randomUUID();
    for (let version = 1; version <= 3_000; version += 1) other.orders.commit(id, 'RESERVED');
    const large = Array.from({ length: 90 }, (_, index) => `a${index}: eventId`).join(' ');
    const query = `subscription { orderStatusChanged(orderId: "${id}", after: 0) { ${large} version } }`;
    const response = await post(other.gateway.url, query);
    let text = '';
    let stopped: Promise<void> | undefined;
    const read = async (): Promise<void> => {
      for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
        text += part;
        if (text.includes('"version":1}')) stopped ??= other.stop();
      }
    };
    await read().catch(() => undefined); // What the client has not taken yet may be cut.
    await stopped;
    expect(text).toContain('"version":1}');
    expect(text).not.toContain('"version":3000}');
  });
});
