import { createLogger, startHttp } from '@holdfast/service';
import type { GatewayConfig } from './config.ts';
import { serveGraphiql } from './graphiql.ts';
import { startGraphqlHttp } from './graphql-http.ts';
import { serveGraphql } from './graphql-route.ts';
import { limits } from './limits.ts';
import { startLiveLayer } from './live/live-layer.ts';
import { SseTransport } from './live/sse.ts';
import { WebSocketTransport } from './live/websocket.ts';
import { registerMetrics } from './metrics.ts';
import { FirstAnswers } from './readiness.ts';
import { SubgraphClient } from './subgraph-client.ts';
import { readSupergraph } from './supergraph.ts';
import { serveWebClient } from './web-client.ts';

const SUBGRAPH_DEADLINE_MS = 15_000;
/** Without authentication nothing but this machine may reach the gateway. */
const HOST = '127.0.0.1';

export interface Gateway {
  /** Such as http://127.0.0.1:4000 */
  readonly url: string;
  /** Closes sockets with 1001, ends event streams, finishes requests that run, and then closes. Repeating it is safe. */
  stop(): Promise<void>;
}

/** Starts the gateway. Subgraphs and NATS may be away; rejects when the port is taken. */
export async function startGateway(config: GatewayConfig): Promise<Gateway> {
  const log = createLogger('gateway', config.logLevel);
  const deadlineMs = config.subgraphDeadlineMs ?? SUBGRAPH_DEADLINE_MS;
  const orders = new SubgraphClient('orders', config.ordersUrl, deadlineMs);
  const inventory = new SubgraphClient('inventory', config.inventoryUrl, deadlineMs);
  const { sdl, supergraph } = await readSupergraph();
  const apollo = await startGraphqlHttp(sdl, [orders, inventory], log);
  const live = startLiveLayer({ config, supergraph, orders, inventory, log });
  const sse = new SseTransport(live, log);
  const firstAnswers = new FirstAnswers([orders, inventory]);
  let webSocket: WebSocketTransport | undefined;

  const stopParts = async (): Promise<void> => {
    await Promise.all([firstAnswers.stop(), live.stop(), apollo.stop()]);
    await Promise.all([orders.close(), inventory.close()]);
  };
  try {
    const http = await startHttp({
      name: 'gateway',
      host: HOST,
      port: config.port,
      log,
      bodyLimitBytes: limits.messageBytes,
      readiness: async () =>
        firstAnswers.readiness({ nats: live.status().isNatsConnected ? 'connected' : 'disconnected' }),
      routes: async (server, registry) => {
        serveGraphql(server, apollo, sse);
        serveGraphiql(server);
        await serveWebClient(server, config.webRoot);
        webSocket = new WebSocketTransport(server.server, live, log);
        registerMetrics(registry, live, () => webSocket, sse);
      },
    });
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      http.drain();
      sse.stop();
      await webSocket?.stop();
      await http.stop();
      await stopParts();
    };
    return { url: http.url, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await webSocket?.stop();
    await stopParts();
    throw error;
  }
}
