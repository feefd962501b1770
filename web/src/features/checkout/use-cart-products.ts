import { useEffect, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { ShopProductOfSkuDocument, type ShopProductFragment } from '../catalogue/shop-products.generated.ts';
import { useUncachedClient } from '../viewer/session-provider.tsx';

export interface CartProducts {
  /** What was read of each SKU; null of one that no product has. */
  readonly bySku: ReadonlyMap<string, ShopProductFragment | null>;
  /** Why some could not be read. */
  readonly error: CombinedError | null;
  /** Reads them all again, such as after a price has changed. */
  readonly readAgain: () => Promise<void>;
}

/** The products of a cart, with the prices that placing it would charge. */
export function useCartProducts(skus: readonly string[]): CartProducts {
  const client = useUncachedClient();
  const [bySku, setBySku] = useState<CartProducts['bySku']>(new Map());
  const [error, setError] = useState<CombinedError | null>(null);
  const asked = useRef<ReadonlySet<string>>(new Set());

  const read = async (wanted: readonly string[]): Promise<void> => {
    asked.current = new Set([...asked.current, ...wanted]);
    const answers = await Promise.all(
      wanted.map(async (sku) => ({
        sku,
        ...(await client.query(ShopProductOfSkuDocument, { sku }).toPromise()),
      })),
    );
    const known = answers.filter((answer) => answer.error === undefined);
    setBySku(
      (before) =>
        new Map([...before, ...known.map(({ sku, data }) => [sku, data?.product ?? null] as const)]),
    );
    setError(answers.find((answer) => answer.error !== undefined)?.error ?? null);
  };
  const latestRead = useRef(read);
  latestRead.current = read;

  const held = JSON.stringify(skus);
  useEffect(() => {
    const unread = (JSON.parse(held) as readonly string[]).filter((sku) => !asked.current.has(sku));
    if (unread.length > 0) void latestRead.current(unread);
  }, [held]);
  return { bySku, error, readAgain: () => read(skus) };
}
