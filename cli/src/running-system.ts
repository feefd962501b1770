import { dataFolderOf, readRunFile } from './start/run-file.ts';

/** Where a running system is; null for what nobody told. */
export interface RunningSystem {
  /** The gateway's GraphQL endpoint. */
  readonly graphqlUrl: string;
  readonly ordersDatabaseUrl: string | null;
  readonly inventoryDatabaseUrl: string | null;
  readonly natsUrl: string | null;
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
}

/**
 * Finds the system that runs: GATEWAY_URL, ORDERS_DATABASE_URL, INVENTORY_DATABASE_URL and NATS_URL where they are set,
 * else what `npm start` wrote into its run file. Null when neither says anything.
 */
export function findRunningSystem(env: NodeJS.ProcessEnv): RunningSystem | null {
  const run = readRunFile(dataFolderOf(env));
  const { GATEWAY_URL, ORDERS_DATABASE_URL, INVENTORY_DATABASE_URL, NATS_URL } = env;
  if (run === null && !GATEWAY_URL && !ORDERS_DATABASE_URL && !INVENTORY_DATABASE_URL && !NATS_URL)
    return null;
  return {
    graphqlUrl: graphqlEndpoint(GATEWAY_URL || run?.urls.gateway || 'http://127.0.0.1:4000'),
    ordersDatabaseUrl: ORDERS_DATABASE_URL || (run?.urls.ordersDatabase ?? null),
    inventoryDatabaseUrl: INVENTORY_DATABASE_URL || (run?.urls.inventoryDatabase ?? null),
    natsUrl: NATS_URL || (run?.urls.nats ?? null),
    processes: run?.processes ?? [],
  };
}

const graphqlEndpoint = (url: string): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname === '/' ? '/graphql' : pathname}`;
};
