import { createLogger, startSubgraph, type Subgraph } from '@holdfast/service';
import { readSupergraph } from '../supergraph.ts';

interface Level {
  sku: string;
  facilityId: string;
  zone: 'PRIMARY' | 'BACK';
  onHand: number;
  reserved: number;
  version: number;
}

/** A server of inventory's schema over levels in memory; it can be stopped and started, and counts what it is asked. */
export interface StandInInventory {
  readonly url: string;
  readonly levels: Level[];
  readonly requests: Map<string, number>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startStandInInventory(): Promise<StandInInventory> {
  const levels: Level[] = [];
  const requests = new Map<string, number>();
  const { supergraph } = await readSupergraph();
  const typeDefs = supergraph.subgraphs().get('inventory')!.toString();
  const log = createLogger('stand-in-inventory', 'silent');
  let port = 0;
  const count = (name: string): void => void requests.set(name, (requests.get(name) ?? 0) + 1);
  const ofSku = (sku: string): Level[] => levels.filter((level) => level.sku === sku);
  const sum = (sku: string, read: (level: Level) => number): number =>
    ofSku(sku).reduce((total, level) => total + read(level), 0);

  const resolvers = {
    Query: {
      product: (_root: unknown, { sku }: { sku: string }) => (ofSku(sku).length > 0 ? { sku } : null),
      facilities: () => {
        throw new Error('secret of the database at 127.0.0.1');
      },
    },
    Product: {
      __resolveReference: ({ sku }: { sku: string }) => {
        count('product');
        return ofSku(sku).length > 0 ? { sku } : null;
      },
      name: ({ sku }: { sku: string }) => `Product ${sku}`,
      available: ({ sku }: { sku: string }) => sum(sku, ({ onHand, reserved }) => onHand - reserved),
      availableVersion: ({ sku }: { sku: string }) => sum(sku, ({ version }) => version),
      stock: ({ sku }: { sku: string }) =>
        ofSku(sku).map((level) => ({ ...level, facility: { id: level.facilityId } })),
    },
    Order: {
      __resolveReference: ({ id }: { id: string }) => {
        count('order');
        return { id };
      },
      reservation: () => ({ status: 'HELD', allocations: [], decidedAt: new Date().toISOString() }),
    },
  };
  const launch = (): Promise<Subgraph> =>
    startSubgraph({
      name: 'inventory',
      typeDefs,
      resolvers,
      host: '127.0.0.1',
      port,
      log,
      context: () => ({}),
      readiness: async () => ({ isReady: true, body: {} }),
    });
  let server = await launch();
  port = Number(new URL(server.url).port);
  return {
    url: server.graphqlUrl,
    levels,
    requests,
    stop: () => server.stop(),
    start: async () => {
      server = await launch();
    },
  };
}
