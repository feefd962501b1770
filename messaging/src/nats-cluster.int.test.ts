import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { writeCertificates, type CertificateFiles } from './certificates-workbench.ts';
import { connectNats } from './connection.ts';
import { applyFacts, onceEach } from './consumer-workbench.ts';
import { prepareCluster, type TestCluster } from './nats-cluster-workbench.ts';
import { asUser, withUsers } from './nats-users-workbench.ts';
import { provisionTopology } from './provision-topology.ts';
import { freshDatabase, stateFacts, testLog } from './relay-workbench.ts';
import { startMessaging } from './runtime.ts';
import { anOrderPlaced, waitFor } from './testing.ts';

let servers: TestServers;
let folder: string;
let certificates: CertificateFiles;
let cluster: TestCluster;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
  folder = await mkdtemp(join(tmpdir(), 'holdfast-certificates-'));
  certificates = await writeCertificates(folder);
  const { caFile, certFile, keyFile } = certificates;
  const tls = `{ cert_file: "${certFile}", key_file: "${keyFile}", ca_file: "${caFile}" }`;
  cluster = await prepareCluster({ more: withUsers(), tls });
});
afterAll(async () => {
  await cluster?.stop();
  await servers?.stop();
  await rm(folder, { recursive: true, force: true });
});

const urls = (): string => cluster.nodes.map(({ port }) => `tls://localhost:${port}`).join(',');
const as = (user: Parameters<typeof asUser>[1]) => ({
  ...asUser(urls(), user),
  caFile: certificates.caFile,
});

it('a cluster of three with TLS is provisioned while it starts, and carries facts while one of its servers is away', async () => {
  const signal = AbortSignal.timeout(60_000);
  const provisioning = provisionTopology({ ...as('topology'), signal, log: testLog }, { streamReplicas: 3 });
  await Promise.all(cluster.nodes.map((node) => node.start()));
  await provisioning;

  const nats = await connectNats({ ...as('monitoring'), name: 'witness', signal, log: testLog });
  const manager = await jetstreamManager(nats, { checkAPI: false });
  for (const stream of ['ORDERS', 'INVENTORY'])
    expect((await manager.streams.info(stream)).config.num_replicas).toBe(3);
  await nats.close();

  const [orders, inventory] = [await freshDatabase(servers), await freshDatabase(servers)];
  await sql`create table applied (event_id text not null)`.execute(inventory.read);
  const violations: string[] = [];
  const log = pino({}, { write: (line) => void (/violation/i.test(line) && violations.push(line)) });
  const settings = { provision: 'wait' } as const;
  const relay = startMessaging({
    context: 'orders',
    database: orders,
    nats: as('orders'),
    log,
    handlers: {},
    settings,
  });
  const consumer = startMessaging({
    context: 'inventory',
    database: inventory,
    nats: as('inventory'),
    log,
    handlers: { 'inventory-orders': applyFacts },
    settings,
  });
  const facts = Array.from({ length: 40 }, () => anOrderPlaced());
  const carried = async (count: number): Promise<void> => {
    relay.wake();
    await waitFor(
      `${count} are applied`,
      async () => {
        const { rows } = await sql`select from applied`.execute(inventory.read);
        return rows.length === count;
      },
      40_000,
    );
  };
  await stateFacts(orders, facts.slice(0, 20));
  await carried(20);
  await cluster.nodes[0]!.stop();
  await stateFacts(orders, facts.slice(20));
  await carried(40);
  const { rows } = await sql<{ event_id: string }>`select event_id from applied`.execute(inventory.read);
  expect(Object.fromEntries(rows.map((row) => [row.event_id, 1]))).toEqual(onceEach(facts));
  expect(violations).toEqual([]);
  await Promise.all([relay.stop(), consumer.stop()]);
  await Promise.all([orders.close(), inventory.close()]);
}, 120_000);

it('a service that is to use TLS gives its password to no server without it', async () => {
  const plain = await startTestServers({ parts: ['nats'], nats: withUsers() });
  let reason = '';
  const ending = new AbortController();
  const write = (line: string): void => {
    reason = line;
    ending.abort();
  };
  const url = plain.nats.url.replace('nats://127.0.0.1', 'tls://localhost');
  const attempt = connectNats({
    ...asUser(url, 'orders'),
    name: 'deceived',
    signal: ending.signal,
    log: pino({}, { write }),
  });
  await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
  expect(reason).toContain(`server does not support 'tls'`);
  await plain.stop();
});
