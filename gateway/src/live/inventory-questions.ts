import { gatewayItself } from '../access/viewer.ts';
import type { SubgraphClient } from '../subgraph-client.ts';
import type { Availability, StockLevel } from './stock-change.ts';

interface LevelRow {
  readonly version: number;
  readonly zone: StockLevel['zone'];
  readonly onHand: number;
  readonly reserved: number;
  readonly facility: { readonly id: string };
}

const ofProducts = (fields: string): string =>
  `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { sku ${fields} } } }`;
const LEVELS = ofProducts('stock { version zone onHand reserved facility { id } }');
const AVAILABILITY = ofProducts('available availableVersion');
const SKUS_PER_REQUEST = 100;

/** Every level of the products as it is now; a SKU that inventory does not know has none. */
export async function readLevels(inventory: SubgraphClient, skus: readonly string[]): Promise<StockLevel[]> {
  const products = await readProducts<{ sku: string; stock: LevelRow[] }>(inventory, LEVELS, skus);
  const occurredAt = new Date().toISOString();
  return products.flatMap(({ sku, stock }) =>
    stock.map(({ facility, ...row }) => ({ ...row, sku, facilityId: facility.id, occurredAt })),
  );
}

/** The products as they are now, without those that inventory does not know. */
export const readAvailability = (
  inventory: SubgraphClient,
  skus: readonly string[],
): Promise<Availability[]> => readProducts<Availability>(inventory, AVAILABILITY, skus);

async function readProducts<Row>(
  inventory: SubgraphClient,
  query: string,
  skus: readonly string[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < skus.length; start += SKUS_PER_REQUEST) {
    const representations = skus
      .slice(start, start + SKUS_PER_REQUEST)
      .map((sku) => ({ __typename: 'Product', sku }));
    const { _entities } = await inventory.data<{ _entities: (Row | null)[] }>(gatewayItself, {
      query,
      variables: { representations },
    });
    rows.push(..._entities.filter((row) => row !== null));
  }
  return rows;
}
