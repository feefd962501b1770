import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { startGateway, type Gateway } from '../app.ts';
import type { GatewayConfig } from '../config.ts';
import { startFactPublisher, type FactPublisher } from './order-facts.ts';
import { startStandInInventory, type StandInInventory } from './stand-in-inventory.ts';
import { withoutAuthentication } from './without-authentication.ts';
import { startStandInOrders, type StandInOrders } from './stand-in-orders.ts';

/** A real gateway and nats-server, with stand-ins for the subgraphs. */
export interface TestGateway {
  readonly gateway: Gateway;
  readonly orders: StandInOrders;
  readonly inventory: StandInInventory;
  readonly nats: TestServers['nats'];
  readonly facts: FactPublisher;
  post(
    query: string,
    variables?: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: unknown }>;
  metric(name: string): Promise<number>;
  /** Waits until one of the gateway's metrics has the value. */
  metricIs(name: string, value: number): Promise<void>;
  stop(): Promise<void>;
}

export async function aGateway(settings: Partial<GatewayConfig> = {}): Promise<TestGateway> {
  const servers = await startTestServers({ parts: ['nats'] });
  const [orders, inventory, facts] = await Promise.all([
    startStandInOrders(),
    startStandInInventory(),
    startFactPublisher(servers.nats.url),
  ]);
  await facts.createStream();
  const gateway = await startGateway({
    port: 0,
    ordersUrl: orders.url,
    inventoryUrl: inventory.url,
    nats: { url: servers.nats.url },
    logLevel: 'silent',
    ...withoutAuthentication,
    ...settings,
  });
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    return Number(text.match(new RegExp(`^${name}(?:{.*})? (.+)$`, 'm'))?.[1]);
  };
  return {
    gateway,
    orders,
    inventory,
    nats: servers.nats,
    facts,
    post: async (query, variables = {}, headers = {}) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, body: await response.json() };
    },
    metric,
    metricIs: async (name, value) => {
      if (await waitUntil(async () => (await metric(name)) === value, { withinMs: 20_000 })) return;
      throw new Error(`${name} is ${await metric(name)} and not ${value}`);
    },
    stop: async () => {
      await gateway.stop();
      await facts.stop();
      await Promise.all([orders.stop(), inventory.stop()]);
      await servers.stop();
    },
  };
}
