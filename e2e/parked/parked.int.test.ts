import { randomUUID } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { parkOrderPlaced } from '../browser/parked-by-hand.ts';
import { aSku, anOrder, placeOrder, watch } from '../orders.ts';
import { System } from '../system.ts';

interface Listed {
  readonly id: string;
  readonly consumer: string;
  readonly reason: string;
}

describe('npm run parked', () => {
  let system: System;
  beforeAll(async () => {
    system = await System.start();
  }, 180_000);
  afterAll(() => system?.remove());

  const parked = (...args: string[]) => system.run('parked', ...args);
  const listed = async (...args: string[]) =>
    JSON.parse((await parked('list', '--json', ...args)).output) as Listed[];

  /** A message that no consumer can read, parked at once. */
  async function poison(): Promise<Listed> {
    const nats = await connect({ servers: system.runFile.urls.nats });
    const attributes = headers();
    for (const [name, value] of Object.entries({
      'ce-specversion': '1.0',
      'ce-id': randomUUID(),
      'ce-type': 'OrderPlaced',
      'ce-source': '/holdfast/orders',
      'ce-subject': randomUUID(),
      'ce-time': new Date().toISOString(),
      'ce-correlationid': randomUUID(),
    }))
      attributes.set(name, value);
    const before = (await listed()).length;
    await jetstream(nats).publish('orders.order.placed.v1', '{"orderId":\u001b[31m', { headers: attributes });
    await nats.close();
    const isParked = async () => (await listed()).length > before;
    expect(await waitUntil(isParked, { withinMs: 30_000 })).toBe(true);
    return (await listed()).at(-1)!;
  }

  it('lists and shows a poison message, refuses to redrive what still fails, and discards it once, with a reason', async () => {
    expect(await parked('list')).toEqual({ code: 0, output: 'nothing is parked\n' });
    const { id, consumer } = await poison();
    expect(consumer).toBe('inventory-orders');
    const list = await parked('list', '--service', 'inventory', '--consumer', 'inventory-orders');
    expect(list.output).toMatch(new RegExp(`^ID .*\\n${id} .* OrderPlaced .*BROKEN_JSON`));
    expect(await parked('list', '--service', 'orders')).toMatchObject({ output: 'nothing is parked\n' });

    const shown = await parked('show', id);
    expect(shown.code).toBe(0);
    expect(shown.output).toContain('{"orderId": [31m');
    expect(shown.output).toMatch(/ce-source +\/holdfast\/orders/);

    const redriven = await parked('redrive', id);
    expect(redriven).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^STILL_FAILING: [^\p{Cc}]+\n$/u),
    });
    expect(await parked('discard', id)).toMatchObject({
      code: 2,
      output: expect.stringContaining('discard needs --reason'),
    });
    expect(await listed()).toHaveLength(1);
    expect(await parked('discard', id, '--reason', 'no order of ours')).toEqual({
      code: 0,
      output: `${id} (OrderPlaced at inventory-orders): discarded, no order of ours\n`,
    });
    expect(await parked('discard', id, '--reason', 'again')).toMatchObject({
      code: 0,
      output: expect.stringContaining('was discarded at'),
    });
    expect(await parked('redrive', id)).toMatchObject({
      code: 1,
      output: expect.stringContaining('nothing changed'),
    });
    expect(await listed('--closed')).toMatchObject([{ id, closedReason: 'no order of ours' }]);
  }, 240_000);

  it('redrives a message so that its order is RESERVED, and one that was handled meanwhile without a second effect', async () => {
    const sku = await aSku(system);
    const hold = (seconds: number) =>
      system.ask(`mutation { inventoryHoldConsumer(seconds: ${seconds}) { problems { code } } }`);
    await hold(120);
    const ids: string[] = [];
    for (const reason of ['first', 'second']) {
      const { order } = await placeOrder(system, anOrder(sku));
      await parkOrderPlaced(system, order!.id, reason);
      ids.push(order!.id);
    }
    const [first, second] = (await listed()).filter(({ reason }) => /^first|second$/.test(reason));
    expect(await parked('redrive', first!.id)).toEqual({
      code: 0,
      output: `${first!.id} (OrderPlaced at inventory-orders): redriven\n`,
    });
    expect((await watch(system, ids[0]!, 1, 1)).map(({ to }) => to)).toEqual(['RESERVED']);
    expect(await parked('redrive', first!.id)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/was redriven at \S+ by local; nothing changed/),
    });

    await hold(0);
    expect((await watch(system, ids[1]!, 1, 1)).map(({ to }) => to)).toEqual(['RESERVED']);
    const { data: before } = await system.ask<object>(movements(ids[1]!));
    const all = await parked('redrive', '--all', '--json');
    expect(all.code).toBe(0);
    expect(JSON.parse(all.output)).toMatchObject([{ id: second!.id, outcome: 'ALREADY_HANDLED' }]);
    expect((await system.ask<object>(movements(ids[1]!))).data).toEqual(before);
    expect(await parked('redrive', '--all')).toEqual({ code: 0, output: 'nothing is parked\n' });
  }, 240_000);

  const movements = (orderId: string) =>
    `{ stockMovements(orderId: "${orderId}") { edges { node { id kind } } } order(id: "${orderId}") { version } }`;

  it('says in a line what is wrong with what it was told, and when it cannot run', async () => {
    const unknown = randomUUID();
    for (const command of [['redrive'], ['show'], ['discard', '--reason', 'x']])
      expect(await parked(...command, unknown)).toMatchObject({
        code: 1,
        output: expect.stringContaining(`${unknown}: no parked message has this id`),
      });
    expect(await parked('redrive', '42')).toMatchObject({
      code: 2,
      output: expect.stringMatching(/"42" is no id/),
    });
    const elsewhere = await system.runWith(
      { GATEWAY_URL: 'http://127.0.0.1:1' },
      'parked',
      'list',
      '--wait',
      '0',
    );
    expect(elsewhere).toMatchObject({
      code: 2,
      output: expect.stringMatching(/^parked: no answer from http:\/\/127.0.0.1:1/),
    });
  }, 240_000);
});
