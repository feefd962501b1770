import { appendFacts, provisionTopology, startMessaging, type Fact } from '@holdfast/messaging';
import { createTestDatabase } from '@holdfast/messaging/testing';
import { createLogger, VIEWER_HEADER, ViewerSeal, type Viewer } from '@holdfast/service';
import { aTwoRoleDatabase } from '@holdfast/service/testing';
import { startTestServers } from '@holdfast/servers';
import { startInventory } from './app.ts';
import { migrateInventoryDatabase } from './store/open-inventory-database.ts';

export const operator: Viewer = { customerId: 'local', isOperator: true };
export const customer = (customerId: string): Viewer => ({ customerId, isOperator: false });

export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { message: string; extensions: { code: string } }[];
}

interface Page {
  readonly edges: readonly { readonly node: Readonly<Record<string, string>> }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export type TestService = Awaited<ReturnType<typeof startTestService>>;

/** The inventory service on servers of its own, with the few rights that it has in a cluster, and as much of orders as states facts. */
export async function startTestService(given: { readonly reservationHoldMs?: number } = {}) {
  const servers = await startTestServers();
  const silent = createLogger('inventory', 'silent');
  const { ownerUrl, serviceUrl, serviceRole } = await aTwoRoleDatabase(servers);
  await migrateInventoryDatabase({ databaseUrl: ownerUrl, serviceRole }, silent);
  await provisionTopology({ url: servers.nats.url, signal: AbortSignal.timeout(20_000), log: silent }, {});
  const inventory = await startInventory({
    port: 0,
    databaseUrl: serviceUrl,
    provision: 'wait',
    nats: { url: servers.nats.url },
    currencyCode: 'GBP',
    ...given,
    auth: 'off',
    viewerKeys: [],
    logLevel: 'silent',
  });
  const ordersDatabase = await createTestDatabase(await servers.postgres.createDatabase('orders'));
  const orders = startMessaging({
    context: 'orders',
    database: ordersDatabase,
    nats: { url: servers.nats.url },
    log: createLogger('orders', 'silent'),
    handlers: {},
  });

  const ask = async (
    query: string,
    variables: object = {},
    viewer: Viewer | null = operator,
  ): Promise<Answer> => {
    const response = await fetch(inventory.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(viewer === null ? {} : { [VIEWER_HEADER]: new ViewerSeal([]).write(viewer) }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };

  /** One page of a connection, such as `products(first: 2, after: $after)`, with one field of each node. */
  const page = async (list: string, field: string, after: string | null = null): Promise<Page> => {
    const variables = list.includes('$after') ? '($after: String)' : '';
    const selection = `{ edges { node { ${field} } } pageInfo { hasNextPage endCursor } }`;
    const { data, errors } = await ask(`query ${variables} { page: ${list} ${selection} }`, { after });
    if (data === null || errors !== undefined) throw new Error(JSON.stringify(errors));
    return data['page'] as Page;
  };

  return {
    url: inventory.url,
    natsUrl: servers.nats.url,
    ask,
    /** One field of each node of the first page of a list. */
    column: async (list: string, field: string): Promise<string[]> =>
      (await page(list, field)).edges.map(({ node }) => node[field]!),
    /** One field of each node, over all pages. */
    pages: async (list: string, field: string): Promise<string[]> => {
      const values: string[] = [];
      for (let after: string | null = null, isMore = true; isMore;) {
        const { edges, pageInfo } = await page(list, field, after);
        values.push(...edges.map(({ node }) => node[field]!));
        [after, isMore] = [pageInfo.endCursor, pageInfo.hasNextPage];
      }
      return values;
    },
    /** States facts as the orders service would. */
    state: async (...facts: Fact[]): Promise<void> => {
      await ordersDatabase.transaction((tx) => appendFacts(tx, facts));
      orders.wake();
    },
    /** The status of an order's reservation, as a viewer sees it. */
    statusOf: async (orderId: string, viewer: Viewer | null = operator): Promise<string | null> => {
      const { data } = await ask(
        'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Order { reservation { status } } } }',
        { ids: [{ __typename: 'Order', id: orderId }] },
        viewer,
      );
      const [entity] = data!['_entities'] as { reservation: { status: string } | null }[];
      return entity!.reservation?.status ?? null;
    },
    /** Facts that the service has not handled yet. */
    pending: async (): Promise<number> => {
      const { data } = await ask('{ inventoryMessaging { consumers { pending inProgress } } }');
      const { consumers } = data!['inventoryMessaging'] as {
        consumers: { pending: number; inProgress: number }[];
      };
      return consumers.reduce((total, { pending, inProgress }) => total + pending + inProgress, 0);
    },
    stop: async (): Promise<void> => {
      await orders.stop();
      await ordersDatabase.close();
      await inventory.stop();
      await servers.stop();
    },
  };
}

/** Four products, one facility in GB with TEA in both zones, one in IE with TEA and CUP; every answer of the commands. */
export async function seedService({ ask }: TestService): Promise<Answer[]> {
  return [
    await ask(
      `mutation ($input: [ProductInput!]!) { upsertProducts(input: $input) { changed problems { code path } } }`,
      {
        input: ['TEA', 'CUP', '85123A', '50%_OFF'].map((sku) => ({
          sku,
          name: sku === '85123A' ? 'WHITE Hanging Heart' : `Product ${sku}`,
          unitPrice: { amount: '2.5', currencyCode: 'GBP' },
        })),
      },
    ),
    await ask(`mutation { upsertFacilities(input: [
      { id: "leicester", name: "Leicester", country: "GB", latitude: 52.6369, longitude: -1.1398 }
      { id: "dublin", name: "Dublin", country: "IE", latitude: 53.3498, longitude: -6.2603 }
    ]) { changed problems { code path } } }`),
    await ask(`mutation { receiveStock(input: { idempotencyKey: "first", lines: [
      { facilityId: "leicester", sku: "TEA", quantity: 3 }
      { facilityId: "leicester", sku: "TEA", zone: BACK, quantity: 100 }
      { facilityId: "dublin", sku: "TEA", quantity: 50 }
      { facilityId: "dublin", sku: "CUP", quantity: 50 }
    ] }) { changed problems { code path } levels { onHand version available product { name } facility { name } } } }`),
  ];
}
