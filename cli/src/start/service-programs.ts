import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { developmentAudience, developmentIssuer, developmentKeyOf } from '../token/development-key.ts';
import { REPOSITORY } from './run-file.ts';
import type { RunFile } from './run-file.ts';
import type { ServiceProgram } from './service-process.ts';
import type { StartSettings } from './settings.ts';

/** The three services in the order of their start: separate processes, or with `isOneProcess` the same apps in one. */
export function servicePrograms(
  { urls, ports }: Pick<RunFile, 'urls' | 'ports'>,
  { isOneProcess, auth, dataFolder }: Pick<StartSettings, 'isOneProcess' | 'auth' | 'dataFolder'>,
): readonly ServiceProgram[] {
  const ready = (name: string) => `http://127.0.0.1:${ports[name]}/readyz`;
  const shared = {
    NODE_ENV: process.env['NODE_ENV'] || 'production',
    ...(auth === 'off' ? { HOLDFAST_AUTH: 'off' } : developmentTokens(dataFolder)),
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

/** Tokens that `npm run token` signs are taken, and the services know each other by a key that is new at every start. */
const developmentTokens = (dataFolder: string) => ({
  HOLDFAST_AUTH: 'jwt',
  VIEWER_KEYS: randomBytes(32).toString('base64url'),
  JWT_ISSUER: developmentIssuer,
  JWT_AUDIENCE: developmentAudience,
  JWT_PUBLIC_KEY_FILE: developmentKeyOf(dataFolder).publicKeyFile,
  JWT_JWKS_URL: '',
  GRAPHQL_INTROSPECTION: process.env['GRAPHQL_INTROSPECTION'] || 'on',
});
