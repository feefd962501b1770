import { useEffect, useState } from 'react';
import type { CombinedError } from 'urql';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { DemoCatalogueDocument, type DemoCatalogueQuery } from './demo.generated.ts';

type Node = NonNullable<DemoCatalogueQuery['products']>['edges'][number]['node'];

export interface DemoSkus {
  /** Those that can be ordered; null before they were read. */
  readonly products: readonly Pick<Node, 'sku' | 'name' | 'available'>[] | null;
  readonly error: CombinedError | null;
}

const MOST_PAGES = 5;

/** The first 500 SKUs of the catalogue that orders knows a price of. */
export function useDemoSkus(): DemoSkus {
  const client = useUncachedClient();
  const [state, setState] = useState<DemoSkus>({ products: null, error: null });
  useEffect(() => {
    const left = new AbortController();
    const read = async (): Promise<void> => {
      const nodes: Node[] = [];
      let after: string | null = null;
      for (let page = 0; page < MOST_PAGES && !left.signal.aborted; page += 1) {
        const { data, error }: { data?: DemoCatalogueQuery; error?: CombinedError } = await client
          .query(DemoCatalogueDocument, { after })
          .toPromise();
        if (!data?.products) {
          if (!left.signal.aborted) setState({ products: null, error: error ?? null });
          return;
        }
        nodes.push(...data.products.edges.map(({ node }) => node));
        after = data.products.pageInfo.endCursor;
        if (!data.products.pageInfo.hasNextPage) break;
      }
      if (!left.signal.aborted)
        setState({ products: nodes.filter(({ orderPrice }) => orderPrice !== null), error: null });
    };
    void read();
    return () => left.abort();
  }, [client]);
  return state;
}
