import {
  currencySetting,
  logLevelSetting,
  natsUrlSetting,
  postgresUrlSetting,
  readSettings,
  reservationHoldSetting,
} from '@holdfast/service/settings';
import { dataFolderOf } from './run-file.ts';
import { StartError } from './start-error.ts';

export type ServiceName = 'orders' | 'inventory' | 'gateway';

/** What `npm start` was told by its environment. */
export type StartSettings = {
  readonly dataFolder: string;
  /** 0: any free one. */
  readonly ports: Readonly<Record<ServiceName, number>>;
  /** Null: start our own. */
  readonly natsUrl: string | null;
  readonly databaseUrls: { readonly orders: string; readonly inventory: string } | null;
  readonly isOneProcess: boolean;
  /** How callers say who they are. */
  readonly auth: 'off' | 'jwt';
  /** ISO 4217. */
  readonly currency: string;
};

/** The setting that holds each service's port. */
export const PORT_SETTINGS = {
  orders: 'ORDERS_PORT',
  inventory: 'INVENTORY_PORT',
  gateway: 'GATEWAY_PORT',
} as const satisfies Record<ServiceName, string>;

/** Throws StartError that names every wrong setting and what is allowed. */
export function readStartSettings(env: NodeJS.ProcessEnv): StartSettings {
  const wrong: string[] = [];
  const port = (service: ServiceName, fallback: number) => {
    const name = PORT_SETTINGS[service];
    const value = env[name] ? Number(env[name]) : fallback;
    if (!Number.isInteger(value) || value < 0 || value > 65_535) {
      wrong.push(`${name} is "${env[name]}"; allowed: a whole number from 0 (any free port) to 65535`);
    }
    return value;
  };
  const ports = {
    orders: port('orders', 4001),
    inventory: port('inventory', 4002),
    gateway: port('gateway', 4000),
  };
  for (const [service, value] of Object.entries(ports)) {
    const other = Object.entries(ports).find(
      ([name, same]) => name < service && same === value && value !== 0,
    );
    if (other) wrong.push(`${service} and ${other[0]} are both given port ${value}`);
  }
  const processes = env['HOLDFAST_PROCESSES'] || 'many';
  if (!['one', 'many'].includes(processes)) {
    wrong.push(`HOLDFAST_PROCESSES is "${processes}"; allowed: one or many`);
  }
  const auth = env['HOLDFAST_AUTH'] || 'off';
  if (auth !== 'off' && auth !== 'jwt') wrong.push(`HOLDFAST_AUTH is "${auth}"; allowed: off or jwt`);
  const [orders, inventory] = [env['ORDERS_DATABASE_URL'] || null, env['INVENTORY_DATABASE_URL'] || null];
  if ((orders === null) !== (inventory === null)) {
    wrong.push(
      'ORDERS_DATABASE_URL and INVENTORY_DATABASE_URL: set both, or none to have a PostgreSQL started',
    );
  }
  wrong.push(...wrongOfServices(env));
  if (wrong.length > 0) throw new StartError(wrong.join('\n'));
  return {
    dataFolder: dataFolderOf(env),
    ports,
    natsUrl: env['NATS_URL'] || null,
    databaseUrls: orders !== null && inventory !== null ? { orders, inventory } : null,
    isOneProcess: processes === 'one',
    auth: auth === 'jwt' ? 'jwt' : 'off',
    currency: env['CATALOGUE_CURRENCY'] || 'GBP',
  };
}

/** What the services would refuse, said before anything is started. */
function wrongOfServices(env: NodeJS.ProcessEnv): string[] {
  const urls = {
    NATS_URL: natsUrlSetting,
    ORDERS_DATABASE_URL: postgresUrlSetting,
    INVENTORY_DATABASE_URL: postgresUrlSetting,
  };
  const given = Object.fromEntries(Object.entries(urls).filter(([name]) => env[name]));
  try {
    readSettings(env, {
      CATALOGUE_CURRENCY: currencySetting,
      LOG_LEVEL: logLevelSetting,
      RESERVATION_HOLD_MINUTES: reservationHoldSetting,
      ...given,
    });
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
