import { waitUntil } from '@holdfast/servers';
import { demoFacilities, demoProducts, demoStock } from './demo-catalogue.ts';
import { StartError } from './start-error.ts';

type Gateway = {
  readonly url: string;
  /** What makes a request the operator's. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

/** Fixed, so that the stock is received once however often this runs. */
const STOCK_KEY = 'demo-stock-2';
const PRICES_WITHIN_MS = 60_000;

/**
 * Loads the demo catalogue into a system that has no products, or finishes a load that was cut short; a catalogue of somebody's own
 * is left alone. Gives a SKU that can be ordered now, or null when there is none. Rejects with StartError when it is refused.
 */
export async function loadDemo(gateway: Gateway, currencyCode: string): Promise<string | null> {
  const { products, demo } = await ask<{
    products: { edges: { node: { sku: string } }[] } | null;
    demo: { sku: string } | null;
  }>(
    gateway,
    `query ($sku: ID!) { products(first: 1) { edges { node { sku } } } demo: product(sku: $sku) { sku } }`,
    { sku: demoProducts[0].sku },
  );
  const first = products?.edges[0]?.node.sku ?? null;
  if (demo === null && first !== null) return first;
  if (demo === null) await upsertDemo(gateway, currencyCode);
  await change(gateway, 'receiveStock', 'ReceiveStockInput!', {
    idempotencyKey: STOCK_KEY,
    reason: 'demo',
    lines: demoStock,
  });
  await untilPriced(gateway);
  return demoProducts[0].sku;
}

async function upsertDemo(gateway: Gateway, currencyCode: string): Promise<void> {
  await change(gateway, 'upsertFacilities', '[FacilityInput!]!', demoFacilities);
  const priced = demoProducts.map(({ sku, name, price }) => ({
    sku,
    name,
    unitPrice: { amount: price, currencyCode },
  }));
  await change(gateway, 'upsertProducts', '[ProductInput!]!', priced);
}

/** orders learns prices by events: until it has, placeOrder would answer UNKNOWN_SKU. */
async function untilPriced(gateway: Gateway): Promise<void> {
  const fields = demoProducts.map(
    ({ sku }, place) => `p${place}: product(sku: "${sku}") { orderPrice { amount } }`,
  );
  const query = `{ ${fields.join(' ')} }`;
  const areKnown = async () => {
    const answer = await ask<Record<string, { orderPrice: unknown } | null>>(gateway, query, {});
    return Object.values(answer).every((product) => product?.orderPrice);
  };
  if (await waitUntil(areKnown, { withinMs: PRICES_WITHIN_MS, everyMs: 200 })) return;
  throw new StartError(
    `orders did not hear of the demo products within ${PRICES_WITHIN_MS / 1_000} s: see the logs of inventory and orders`,
  );
}

async function change(gateway: Gateway, mutation: string, type: string, input: unknown): Promise<void> {
  const query = `mutation ($input: ${type}) { done: ${mutation}(input: $input) { problems { code message } } }`;
  const { done } = await ask<{ done: { problems: { code: string; message: string }[] } }>(gateway, query, {
    input,
  });
  const [problem] = done.problems;
  if (problem) throw new StartError(`The demo catalogue was refused: ${problem.code} ${problem.message}`);
}

async function ask<T>({ url, headers, signal }: Gateway, query: string, variables: object): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  });
  const { data, errors } = (await answer.json()) as { data?: T; errors?: { message: string }[] };
  if (errors?.[0] || !data) {
    throw new StartError(
      `The gateway did not take the demo catalogue: ${errors?.[0]?.message ?? answer.status}`,
    );
  }
  return data;
}
