import { waitUntil } from '@holdfast/servers';
import { randomUUID } from 'node:crypto';
import { RehearsalError } from '../site.ts';
import { askGraphql } from './gateway-client.ts';

const PRODUCTS = 10;
export const skus = Array.from({ length: PRODUCTS }, (_, index) => `REHEARSAL-${index + 1}`);
const FACILITIES = [
  { id: 'LON', name: 'London', country: 'GB', latitude: 51.5, longitude: -0.1 },
  { id: 'MAN', name: 'Manchester', country: 'GB', latitude: 53.5, longitude: -2.2 },
];
const UNITS = 100_000;
/** How long orders may take to hear of a new catalogue. */
const KNOWN_WITHIN_MS = 60_000;

const PROBLEMS = 'problems { code message }';
type Payload = Readonly<
  Record<string, { readonly problems: readonly { readonly code: string; readonly message: string }[] }>
>;

/** Facilities, products and stock, made by an operator through the gateway; done when orders knows every price. */
export async function openShop(url: string, operator: string): Promise<void> {
  const products = skus.map((sku) => ({
    sku,
    name: `Thing ${sku}`,
    unitPrice: { amount: '4.50', currencyCode: 'GBP' },
  }));
  const lines = FACILITIES.flatMap(({ id }) => skus.map((sku) => ({ facilityId: id, sku, quantity: UNITS })));
  const run = async (mutation: string, variables: Readonly<Record<string, unknown>>) => {
    const payload = await askGraphql<Payload>(url, operator, mutation, variables);
    const [problem] = Object.values(payload).flatMap(({ problems }) => problems);
    if (problem !== undefined) throw new RehearsalError(`The shop does not open: ${problem.message}`);
  };
  await run(`mutation ($input: [FacilityInput!]!) { upsertFacilities(input: $input) { ${PROBLEMS} } }`, {
    input: FACILITIES,
  });
  await run(`mutation ($input: [ProductInput!]!) { upsertProducts(input: $input) { ${PROBLEMS} } }`, {
    input: products,
  });
  await run(`mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { ${PROBLEMS} } }`, {
    input: { idempotencyKey: randomUUID(), lines },
  });
  const isKnown = async () => {
    const { products: known } = await askGraphql<{
      products: { edges: { node: { orderPrice: unknown } }[] };
    }>(url, operator, '{ products(first: 100) { edges { node { orderPrice { amount } } } } }');
    return known.edges.length === PRODUCTS && known.edges.every(({ node }) => node.orderPrice !== null);
  };
  if (!(await waitUntil(isKnown, { withinMs: KNOWN_WITHIN_MS, everyMs: 250 }))) {
    throw new RehearsalError('Orders has not heard of the catalogue within a minute');
  }
}
