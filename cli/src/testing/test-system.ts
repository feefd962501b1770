import { freeLoopbackPort, startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

type ServiceName = 'orders' | 'inventory' | 'gateway';

/** The real services as processes of their own, over servers of the test's own. */
export interface TestSystem {
  readonly servers: TestServers;
  readonly ordersDatabaseUrl: string;
  readonly inventoryDatabaseUrl: string;
  readonly graphqlUrl: string;
  /** Starts a service, and waits until it is ready. */
  start(name: ServiceName): Promise<void>;
  /** Ends a service with the signal, and waits until it is gone. Of one that does not run it does nothing. */
  end(name: ServiceName, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  pid(name: ServiceName): number;
  stop(): Promise<void>;
}

const repository = resolve(import.meta.dirname, '..', '..', '..');
const folders = { orders: 'subgraphs/orders', inventory: 'subgraphs/inventory', gateway: 'gateway' } as const;
const readyWithinMs = 90_000;

export async function startTestSystem(): Promise<TestSystem> {
  const servers = await startTestServers();
  const ordersDatabaseUrl = await servers.postgres.createDatabase('orders');
  const inventoryDatabaseUrl = await servers.postgres.createDatabase('inventory');
  const ports = {
    orders: await freeLoopbackPort(),
    inventory: await freeLoopbackPort(),
    gateway: await freeLoopbackPort(),
  };
  const env = {
    PATH: process.env['PATH'],
    HOLDFAST_AUTH: 'off',
    LOG_LEVEL: 'error',
    NATS_URL: servers.nats.url,
    ORDERS_PORT: String(ports.orders),
    INVENTORY_PORT: String(ports.inventory),
    GATEWAY_PORT: String(ports.gateway),
    ORDERS_DATABASE_URL: ordersDatabaseUrl,
    INVENTORY_DATABASE_URL: inventoryDatabaseUrl,
    ORDERS_URL: `http://127.0.0.1:${ports.orders}/graphql`,
    INVENTORY_URL: `http://127.0.0.1:${ports.inventory}/graphql`,
  };
  const processes = new Map<ServiceName, ChildProcess>();

  const system: TestSystem = {
    servers,
    ordersDatabaseUrl,
    inventoryDatabaseUrl,
    graphqlUrl: `http://127.0.0.1:${ports.gateway}/graphql`,
    async start(name) {
      const child = spawn(process.execPath, [join(repository, folders[name], 'src', 'main.ts')], {
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      processes.set(name, child);
      const ready = await waitUntil(() => isReady(ports[name]), { withinMs: readyWithinMs });
      if (ready === null) throw new Error(`${name} is not ready within ${readyWithinMs} ms`);
    },
    async end(name, signal) {
      const child = processes.get(name);
      processes.delete(name);
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
    pid: (name) => processes.get(name)!.pid!,
    async stop() {
      for (const name of ['gateway', 'inventory', 'orders'] as const) await system.end(name, 'SIGTERM');
      await servers.stop();
    },
  };
  return system;
}

/** Starts everything, the gateway last. What was started is stopped when it fails. */
export async function startWholeTestSystem(): Promise<TestSystem> {
  const system = await startTestSystem();
  try {
    await Promise.all([system.start('orders'), system.start('inventory')]);
    await system.start('gateway');
  } catch (error) {
    await system.stop();
    throw error;
  }
  return system;
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}
