import { waitUntil } from '@holdfast/servers';
import { anOrder, placeOrder } from '../orders.ts';
import type { System } from '../system.ts';

/** What a system holds after `fillWithTrade`. */
export interface Trade {
  readonly skus: readonly string[];
  /** Ids of orders, each of which shows something else. */
  readonly orders: Readonly<Record<'split' | 'international' | 'rejected' | 'cancelled', string>>;
}

const references = ['A-1001', 'A-1002', 'A-1003', 'A-1004', 'A-1005', 'A-1006', 'A-1007', 'A-1008'];
const destinations = [
  { country: 'GB', city: 'Brighton' },
  { country: 'GB', city: 'Leeds' },
  { country: 'US', city: 'Boston' },
  { country: 'DE', city: 'Berlin' },
  { country: 'JP', city: 'Kyoto' },
  { country: 'FR', city: 'Lyon' },
];
const CANCEL =
  'mutation ($id: ID!) { cancelOrder(input: { orderId: $id, reason: "Ordered twice" }) { problems { code } } }';

/** Places orders of every kind in a system with the demo catalogue, and waits until all are decided. */
export async function fillWithTrade(system: System): Promise<Trade> {
  const { data } = await system.ask<{ products: { edges: readonly { node: { sku: string } }[] } }>(
    '{ products(first: 50) { edges { node { sku } } } }',
  );
  const skus = data.products.edges.map(({ node }) => node.sku);
  const place = async (parts: object): Promise<string> => {
    const { order, problems } = await placeOrder(system, anOrder(skus[0]!, parts));
    if (order === null) throw new Error(`An order was refused: ${JSON.stringify(problems)}`);
    return order.id;
  };
  for (let turn = 0; turn < 40; turn += 1) {
    await place({
      reference: `${references[turn % references.length]}-${turn}`,
      customerId: turn % 3 === 0 ? 'local' : `customer-${turn % 7}`,
      destination: destinations[turn % destinations.length],
      lines: [0, 5, 11].slice(0, 1 + (turn % 3)).map((step) => ({
        sku: skus[(turn * 5 + step) % skus.length],
        quantity: 1 + ((turn + step) % 3),
      })),
    });
  }
  const sydney = { country: 'NZ', city: 'Wellington' };
  const lines = skus.slice(3, 9).map((sku, index) => ({ sku, quantity: index + 1 }));
  const cancelled = await place({ reference: 'B-2003', destination: destinations[1] });
  const orders = {
    international: await place({ reference: 'B-2001', destination: sydney, lines: lines.slice(0, 2) }),
    rejected: await place({
      reference: 'B-2002',
      lines: [{ sku: 'CLOCK-KITCHEN', quantity: 500 }, lines[0]],
    }),
    cancelled,
    split: await place({
      reference: 'B-2004',
      destination: { country: 'GB', city: 'York' },
      lines: [...lines, { sku: 'CANDLE-BEESWAX', quantity: 120 }],
    }),
  };
  await untilDecided(system);
  await system.ask(CANCEL, { id: cancelled });
  await untilDecided(system);
  return { skus, orders };
}

async function untilDecided(system: System): Promise<void> {
  const isDecided = async (): Promise<boolean> => {
    const { data } = await system.ask<{ orders: { edges: readonly unknown[] } }>(
      '{ orders(first: 1, filter: { statuses: [PENDING] }) { edges { node { id } } } }',
    );
    return data.orders.edges.length === 0;
  };
  if (!(await waitUntil(isDecided, { withinMs: 30_000 }))) throw new Error('Orders stay PENDING');
}
