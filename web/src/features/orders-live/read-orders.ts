import type { Client } from 'urql';
import type { OrderFilter } from '../../graphql/schema.generated.ts';
import { pageRows } from './loading-plan.ts';
import { rowOf } from './order-row.ts';
import type { PageAnswer } from './order-table-store.ts';
import { LiveOrdersPageDocument } from './orders-live.generated.ts';

/** Reads pages of the orders of a filter; what goes wrong is an answer too. */
export const ordersReader =
  (client: Client, filter: OrderFilter) =>
  async (after: string | null): Promise<PageAnswer> => {
    const { data, error } = await client
      .query(LiveOrdersPageDocument, { first: pageRows, after, filter }, { requestPolicy: 'network-only' })
      .toPromise();
    if (error) return { error };
    const { edges, pageInfo } = data!.orders!;
    return {
      page: {
        after,
        rows: edges.map(({ node }) => rowOf(node)),
        endCursor: edges.at(-1)?.cursor ?? null,
        hasMore: pageInfo.hasNextPage,
      },
    };
  };
