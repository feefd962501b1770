import { freeLoopbackPort } from '@holdfast/servers';
import type { ContainerEngine } from './container-engine.ts';
import { startContainer, type RunningContainer } from './running-container.ts';

/** Orders, inventory and gateway, each in a container of the same image. */
export interface RunningServices {
  /** Such as http://127.0.0.1:4000 */
  readonly gatewayUrl: string;
  readonly containers: Readonly<Record<'orders' | 'inventory' | 'gateway', RunningContainer>>;
  /** Of the gateway's GraphQL; rejects when it answers with errors. */
  ask<Data>(query: string, variables?: object): Promise<Data>;
  remove(): Promise<void>;
}

export interface ServicesOptions {
  /** For `podman run`, before the image. */
  readonly runOptions: readonly string[];
  readonly image: string;
  readonly natsUrl: string;
  readonly ordersDatabaseUrl: string;
  readonly inventoryDatabaseUrl: string;
}

const READY_WITHIN_MS = 90_000;

/** Starts all three on the host's network, at free loopback ports, and waits until each is ready. */
export async function startServices(
  podman: ContainerEngine,
  options: ServicesOptions,
): Promise<RunningServices> {
  const [orders, inventory, gateway] = [
    await freeLoopbackPort(),
    await freeLoopbackPort(),
    await freeLoopbackPort(),
  ];
  const urlOf = (port: number, path = ''): string => `http://127.0.0.1:${port}${path}`;
  const started: RunningContainer[] = [];
  const remove = async (): Promise<void> =>
    void (await Promise.all(started.map((container) => container.remove())));
  const start = async (
    name: string,
    program: string,
    port: number,
    settings: Readonly<Record<string, string>>,
  ): Promise<RunningContainer> => {
    const environment = { ...settings, NATS_URL: options.natsUrl, HOLDFAST_AUTH: 'off', LOG_LEVEL: 'warn' };
    const container = await startContainer(podman, `holdfast-test-${name}`, [
      ...options.runOptions,
      ...Object.entries(environment).map(([key, value]) => `--env=${key}=${value}`),
      options.image,
      program,
    ]);
    started.push(container);
    await container.untilAnswers(urlOf(port, '/readyz'), READY_WITHIN_MS);
    return container;
  };
  try {
    const subgraphs = await Promise.all([
      start('orders', 'subgraphs/orders/src/main.ts', orders, {
        ORDERS_PORT: `${orders}`,
        ORDERS_DATABASE_URL: options.ordersDatabaseUrl,
      }),
      start('inventory', 'subgraphs/inventory/src/main.ts', inventory, {
        INVENTORY_PORT: `${inventory}`,
        INVENTORY_DATABASE_URL: options.inventoryDatabaseUrl,
      }),
      start('gateway', 'gateway/src/main.ts', gateway, {
        GATEWAY_PORT: `${gateway}`,
        ORDERS_URL: urlOf(orders, '/graphql'),
        INVENTORY_URL: urlOf(inventory, '/graphql'),
      }),
    ]);
    return {
      gatewayUrl: urlOf(gateway),
      containers: { orders: subgraphs[0], inventory: subgraphs[1], gateway: subgraphs[2] },
      ask: (query, variables) => ask(urlOf(gateway, '/graphql'), query, variables),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function ask<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  });
  const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
