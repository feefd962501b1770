import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { costOf } from './operation-cost.ts';

const schema = buildSchema(`
  type Query { order(id: ID!): Order, orders(first: Int = 20, after: String): Orders!, products(skus: [ID!]): [Product!]! }
  type Mutation { receive(input: Receive!): Payload! }
  input Receive { key: ID!, lines: [Line!]! }
  input Line { sku: ID!, marks: [ID!] }
  type Payload { problems: [Problem!]! }
  type Problem { code: String! }
  type Orders { edges: [Edge!]!, pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! }
  type Edge { node: Order! }
  type Order { id: ID!, lines: [Line_!]! }
  type Line_ { sku: ID!, product: Product }
  type Product { sku: ID!, orders(first: Int = 20): Orders! }
`);
const cost = (query: string, variables = {}): number => costOf(schema, parse(query), variables);

describe('the cost of an operation', () => {
  it.each([
    ['{ __typename }', {}, 0],
    ['{ order(id: "1") { id } }', {}, 1],
    ['{ order(id: "1") { id lines { sku product { sku } } } }', {}, 1 + 10 * 2],
    ['{ orders { edges { node { id } } pageInfo { hasNextPage } } }', {}, 1 + 20 * 2 + 1],
    ['query ($n: Int) { orders(first: $n) { edges { node { id } } } }', { n: 100 }, 1 + 100 * 2],
    ['query ($n: Int = 7) { orders(first: $n) { edges { node { id } } } }', {}, 1 + 7 * 2],
    ['{ products(skus: ["a", "b", "c"]) { sku } }', {}, 3],
    ['query ($skus: [ID!]) { products(skus: $skus) { sku } }', { skus: ['a', 'b'] }, 2],
    ['{ __schema { types { fields { name } } } }', {}, 0],
    ['{ orders(first: -5) { edges { node { id } } } }', {}, 1 + 10 * 2],
    [
      'mutation ($input: Receive!) { receive(input: $input) { problems { code } } }',
      { input: { key: 'k', lines: [{ sku: 'a', marks: ['x'] }, { sku: 'b' }] } },
      1 + 10 + 10 + 3,
    ],
  ])('%s with %j is %d', (query, variables, points) => {
    expect(cost(query, variables)).toBe(points);
  });

  it('counts what is behind fragments, and a page wherever its entries are spread', () => {
    expect(
      cost(`
        { few: orders(first: 2) { ...page } many: orders(first: 50) { ... on Orders { ...page } } }
        fragment page on Orders { edges { node { ...order } } }
        fragment order on Order { lines { sku } }
      `),
    ).toBe(1 + 2 * 12 + (1 + 50 * 12));
  });

  it('is found in no time for a document that unfolds into more fields than there are atoms', () => {
    const levels = Array.from(
      { length: 200 },
      (_, n) =>
        `fragment f${n} on Order { lines { product { orders(first: 100) { edges { node { ...f${n + 1} } } } } } }`,
    );
    const query = `{ a: order(id: "1") { ...f0 ...f0 } } ${levels.join(' ')} fragment f200 on Order { id }`;
    expect(cost(query)).toBeGreaterThan(1e100);
  });
});
