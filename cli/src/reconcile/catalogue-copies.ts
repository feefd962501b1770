import type { Books } from './books.ts';
import { merged } from './merged.ts';
import type { FindingList } from './rule-report.ts';

interface ListedRow {
  readonly sku: string;
  readonly version: number;
  readonly age_seconds: number | null;
}

interface CopyRow {
  readonly sku: string;
  readonly version: number;
}

const listedRows = `
  select product.sku, product.version, extract(epoch from now() - journal.occurred_at)::float8 as age_seconds
  from product left join journal on journal.aggregate_id = product.sku and journal.version = product.version
                                and journal.aggregate = 'product'
  order by product.sku collate "C"`;

const copyRows = 'select sku, version from catalogue_product order by sku collate "C"';

/**
 * The effect of the last ProductListed of each product: orders' copy with that version. What differs and was listed
 * within `settleMs` is in flight, and so is everything while a listing is parked. Resolves with the number of products.
 */
export async function compareCatalogues(
  orders: Books,
  inventory: Books,
  settleMs: number,
  { violations, inFlight }: { readonly violations: FindingList; readonly inFlight: FindingList },
): Promise<number> {
  const parked = await orders.count(
    `select count(*) from parked where consumer = 'orders-catalogue' and closed_as is distinct from 'REDRIVEN'`,
  );
  let products = 0;
  await orders.snapshot(() =>
    inventory.snapshot(async () => {
      const pairs = merged(
        inventory.stream<ListedRow>(listedRows),
        orders.stream<CopyRow>(copyRows),
        ({ sku }) => utf8Order(sku),
        ({ sku }) => utf8Order(sku),
      );
      for await (const [listed, copy] of pairs) {
        products += 1;
        if (listed?.version === copy?.version) continue;
        const isOld = (listed?.age_seconds ?? Number.POSITIVE_INFINITY) * 1_000 > settleMs;
        (isOld && parked === 0 ? violations : inFlight).add(
          `product ${(listed ?? copy).sku}: version ${listed?.version ?? 'none'} in inventory, ${copy?.version ?? 'none'} in orders`,
        );
      }
    }),
  );
  return products;
}

/** The databases order by UTF-8 bytes, which strings compared by UTF-16 units do not follow above U+FFFF. */
const utf8Order = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
