import { describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { withoutAuthentication } from './testing/without-authentication.ts';
import { startGateway } from './app.ts';
import { startStandInInventory } from './testing/stand-in-inventory.ts';
import { startStandInOrders } from './testing/stand-in-orders.ts';

describe('a gateway', () => {
  it('is first ready when each subgraph has answered once, and stays ready when one goes away', async () => {
    const [orders, inventory] = await Promise.all([startStandInOrders(), startStandInInventory()]);
    await inventory.stop();
    const gateway = await startGateway({
      ...withoutAuthentication,
      port: 0,
      ordersUrl: orders.url,
      inventoryUrl: inventory.url,
      nats: { url: 'nats://127.0.0.1:1' },
      logLevel: 'silent',
    });
    const readyz = async (): Promise<Response> => fetch(`${gateway.url}/readyz`);
    const isOrdersKnown = async (): Promise<boolean> =>
      (await (await readyz()).text()).includes('"orders":true');
    await waitUntil(isOrdersKnown, { withinMs: 10_000 });
    const before = await readyz();
    expect(before.status).toBe(503);
    expect(await before.json()).toMatchObject({ subgraphsAnswered: { orders: true, inventory: false } });

    await inventory.start();
    expect(await waitUntil(async () => (await readyz()).ok, { withinMs: 10_000 })).toBe(true);
    await orders.stop();
    expect((await readyz()).status).toBe(200);
    await gateway.stop();
    await inventory.stop();
  });
});
