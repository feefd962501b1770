import { join } from 'node:path';
import { REPOSITORY } from './run-file.ts';
import type { RunFile } from './run-file.ts';
import type { ServiceProgram } from './service-process.ts';

/** The three services in the order of their start: separate processes, or with `isOneProcess` the same apps in one. */
export function servicePrograms(
  { urls, ports }: Pick<RunFile, 'urls' | 'ports'>,
  { isOneProcess }: { readonly isOneProcess: boolean },
): readonly ServiceProgram[] {
  const ready = (name: string) => `http://127.0.0.1:${ports[name]}/readyz`;
  const shared = {
    NODE_ENV: process.env['NODE_ENV'] || 'production',
    HOLDFAST_AUTH: 'off',
    NATS_URL: urls.nats,
    APOLLO_TELEMETRY_DISABLED: '1',
  };
  const env = {
    orders: { ORDERS_PORT: String(ports['orders']), ORDERS_DATABASE_URL: urls.ordersDatabase },
    inventory: { INVENTORY_PORT: String(ports['inventory']), INVENTORY_DATABASE_URL: urls.inventoryDatabase },
    gateway: {
      GATEWAY_PORT: String(ports['gateway']),
      ORDERS_URL: urls.orders,
      INVENTORY_URL: urls.inventory,
    },
  };
  if (isOneProcess) {
    return [
      {
        name: 'services',
        file: join(import.meta.dirname, 'all-services.ts'),
        env: { ...shared, ...env.orders, ...env.inventory, ...env.gateway },
        readyUrls: [ready('orders'), ready('inventory'), ready('gateway')],
      },
    ];
  }
  const program = (name: keyof typeof env, folder: string): ServiceProgram => ({
    name,
    file: join(REPOSITORY, folder, 'src', 'main.ts'),
    env: { ...shared, ...env[name] },
    readyUrls: [ready(name)],
  });
  return [
    program('orders', 'subgraphs/orders'),
    program('inventory', 'subgraphs/inventory'),
    program('gateway', 'gateway'),
  ];
}
