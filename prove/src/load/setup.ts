import { setTimeout as sleep } from 'node:timers/promises';
import { facilities, type Catalogue } from './catalogue.ts';
import type { Answer, GatewayHttp } from './gateway-http.ts';
import type { Operations } from './operations.ts';

/** Products, facilities or stock could not be loaded in time, or were refused. */
export class SetupFailedError extends Error {
  override readonly name = 'SetupFailedError';
}

const retryMs = 500;
const currencyQuery = 'query { r: products(first: 1) { edges { node { unitPrice { currencyCode } } } } }';

export interface SetupOptions {
  readonly runId: string;
  readonly catalogue: Catalogue;
  readonly gateways: readonly GatewayHttp[];
  readonly operations: Operations;
  readonly withinMs: number;
}

/**
 * Loads the run's products, the facilities and the first stock through the gateways, each step until it works, and waits
 * until every SKU can be ordered. Resolves with the names of the mutations that the gateway has. Rejects with
 * SetupFailedError after `withinMs`.
 */
export async function setUp({
  runId,
  catalogue,
  gateways,
  operations,
  withinMs,
}: SetupOptions): Promise<ReadonlySet<string>> {
  const deadline = performance.now() + withinMs;
  /** Asks the gateways in turn until `isDone` says that the answer is as it should be. */
  async function until(
    what: string,
    query: string,
    variables: object,
    isDone: (r: never) => boolean,
  ): Promise<unknown> {
    for (let attempt = 0; ; attempt += 1) {
      const answer: Answer = await gateways[attempt % gateways.length]!.ask(query, variables);
      if (answer.phase === 'ok' && isDone(answer.r as never)) return answer.r;
      if (performance.now() > deadline)
        throw new SetupFailedError(
          `${what} did not work within ${withinMs / 1_000} s: ${JSON.stringify(answer).slice(0, 500)}`,
        );
      await sleep(retryMs);
    }
  }
  const upsert = (mutation: string, type: string, input: object): Promise<unknown> =>
    until(
      mutation,
      `mutation ($input: ${type}) { r: ${mutation}(input: $input) { problems { code message } } }`,
      { input },
      ({ problems }: { problems: unknown[] }) => problems.length === 0,
    );

  const schema = (await until(
    'asking for the schema',
    '{ r: __type(name: "Mutation") { fields { name } } }',
    {},
    (r: object | null) => r !== null,
  )) as { fields: readonly { name: string }[] };
  const known = (await until(
    'asking for a price',
    currencyQuery,
    {},
    (r: object | null) => r !== null,
  )) as Products;
  const currencyCode = known.edges[0]?.node.unitPrice.currencyCode ?? 'GBP';
  const skus = [...catalogue.hot, ...catalogue.cold];
  await upsert('upsertFacilities', '[FacilityInput!]!', facilities);
  await upsert(
    'upsertProducts',
    '[ProductInput!]!',
    skus.map((sku, place) => ({
      sku,
      name: `Proof ${sku}`,
      unitPrice: { amount: String(1 + (place % 9)), currencyCode },
    })),
  );
  for (;;) {
    const outcome = await operations.receive(
      { client: 'setup', gateway: 0 },
      `${runId}-initial`,
      catalogue.initialStock,
    );
    if (outcome.phase === 'ok' && outcome.problem === undefined) break;
    if (performance.now() > deadline)
      throw new SetupFailedError(`receiving stock did not work: ${JSON.stringify(outcome)}`);
    await sleep(retryMs);
  }
  for (const sku of skus) {
    await until(
      `a price of ${sku} in orders`,
      'query ($sku: ID!) { r: product(sku: $sku) { orderPrice { amount } } }',
      { sku },
      (product: { orderPrice: object | null } | null) => product?.orderPrice != null,
    );
  }
  return new Set(schema.fields.map(({ name }) => name));
}

interface Products {
  readonly edges: readonly { readonly node: { readonly unitPrice: { readonly currencyCode: string } } }[];
}
