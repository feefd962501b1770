import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEventId, provisionTopology } from '@holdfast/messaging';
import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { sql } from 'kysely';
import { aClient } from './api/testing.ts';
import { startOrders, type RunningOrders } from './app.ts';
import { anOrdersDatabase, aSilentLog } from './testing.ts';

const decisionSeconds = 2;
let servers: TestServers;
let replicas: readonly RunningOrders[] = [];
let opened: Awaited<ReturnType<typeof anOrdersDatabase>>;

beforeAll(async () => {
  servers = await startTestServers();
  const databaseUrl = await servers.postgres.createDatabase();
  opened = await anOrdersDatabase(databaseUrl);
  await provisionTopology(
    { url: servers.nats.url, signal: AbortSignal.timeout(20_000), log: aSilentLog },
    {},
  );
  const start = () =>
    startOrders({
      port: 0,
      databaseUrl,
      nats: { url: servers.nats.url },
      currencyCode: 'GBP',
      outboxMaxRows: 1_000,
      decisionSeconds,
      auth: 'off',
      viewerKeys: [],
      logLevel: 'silent',
    });
  replicas = [await start(), await start()];
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
  await opened?.close();
  await servers?.stop();
});

async function aPlacedOrder(): Promise<string> {
  const ada = { customerId: 'ada', isOperator: false };
  const input = {
    idempotencyKey: newEventId(),
    destination: { country: 'GB' },
    lines: [{ sku: 'A', quantity: 1 }],
  };
  const { data } = await aClient(replicas[0]!.url, ada)(
    'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }',
    { input },
  );
  return data.placeOrder?.order?.id ?? '';
}

interface Seen {
  readonly status: string;
  readonly acked: boolean;
  /** Between the ack and the cancellation. */
  readonly waited_seconds: number | null;
  readonly cancellations: number;
  readonly ended_at: Date;
}
async function see(orderId: string): Promise<Seen> {
  const { rows } = await sql<Seen>`
    select status, updated_at as ended_at, exists (select from outbox where aggregate_id = orders.id::text and published_at is not null) as acked,
           extract(epoch from updated_at - (select min(published_at) from outbox where aggregate_id = orders.id::text))::float8 as waited_seconds,
           (select count(*)::integer from journal where aggregate_id = orders.id::text and type = 'OrderCancelled') as cancellations
    from orders where id = ${orderId}::uuid`.execute(opened.database.read);
  return rows[0]!;
}
/** By the database's clock. */
const hasAged = async (orderId: string, seconds: number) => {
  const { rows } = await sql<{ has_aged: boolean }>`
    select now() - placed_at > ${seconds} * interval '1 second' as has_aged from orders where id = ${orderId}::uuid`.execute(
    opened.database.read,
  );
  return rows[0]!.has_aged;
};

describe('While inventory decides nothing', () => {
  it('an outage of NATS cancels nobody, and an order’s time begins with the ack; then one replica cancels it', async () => {
    const early = await aPlacedOrder();
    expect(await waitUntil(async () => (await see(early)).acked, { withinMs: 20_000 })).toBe(true);
    await servers.nats.kill();
    const late = await aPlacedOrder();
    const outlasts = () => hasAged(late, 3 * decisionSeconds);
    expect(await waitUntil(outlasts, { withinMs: 30_000 })).toBe(true);
    expect(await see(early)).toMatchObject({ status: 'PENDING' });
    expect(await see(late)).toMatchObject({ status: 'PENDING', acked: false });

    const { rows } = await sql<{ back_at: Date }>`select clock_timestamp() as back_at`.execute(
      opened.database.read,
    );
    await servers.nats.start();
    const areOver = async () => {
      const seen = await Promise.all([early, late].map(see));
      return seen.every(({ status }) => status === 'CANCELLED');
    };
    expect(await waitUntil(areOver, { withinMs: 40_000 })).toBe(true);
    for (const orderId of [early, late]) {
      const { cancellations, waited_seconds, ended_at } = await see(orderId);
      expect(cancellations).toBe(1);
      expect(waited_seconds).toBeGreaterThanOrEqual(decisionSeconds);
      expect(ended_at.getTime() - rows[0]!.back_at.getTime()).toBeGreaterThanOrEqual(decisionSeconds * 1_000);
    }
  });
});
