import cors from '@fastify/cors';
import { createLogger, startHttp, ViewerSeal } from '@holdfast/service';
import { Admission } from './access/admission.ts';
import { createAuthentication } from './access/authentication.ts';
import type { FastifyInstance } from 'fastify';
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
/** How long a browser remembers what a page elsewhere may ask. */
const PREFLIGHT_SECONDS = 600;

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
  const { access, hasIntrospection } = config;
  const authentication = createAuthentication(access);
  const admission = new Admission(access.auth === 'jwt' ? access.pointsPerSecond : null);
  const seal = new ViewerSeal(config.viewerKeys);
  const orders = new SubgraphClient('orders', config.ordersUrl, deadlineMs, seal);
  const inventory = new SubgraphClient('inventory', config.inventoryUrl, deadlineMs, seal);
  const { sdl, supergraph } = await readSupergraph();
  const apollo = await startGraphqlHttp({
    supergraphSdl: sdl,
    subgraphs: [orders, inventory],
    admission,
    hasIntrospection,
    log,
  });
  const live = startLiveLayer({ config, supergraph, orders, inventory, log });
  const sse = new SseTransport(live, admission, log);
  const firstAnswers = new FirstAnswers([orders, inventory]);
  let webSocket: WebSocketTransport | undefined;

  const stopParts = async (): Promise<void> => {
    await Promise.all([firstAnswers.stop(), live.stop(), apollo.stop()]);
    await Promise.all([orders.close(), inventory.close()]);
  };
  try {
    const http = await startHttp({
      name: 'gateway',
      host: config.host,
      port: config.port,
      metricsPort: config.metricsPort,
      log,
      bodyLimitBytes: limits.messageBytes,
      readiness: async () =>
        firstAnswers.readiness({ nats: live.status().isNatsConnected ? 'connected' : 'disconnected' }),
      routes: async (server, registry) => {
        const { originProblem } = authentication;
        if (access.auth === 'jwt') await allowPagesOf(server, access.corsOrigins);
        serveGraphql(server, apollo, sse, authentication);
        if (hasIntrospection) serveGraphiql(server, originProblem);
        await serveWebClient(server, originProblem, config.webRoot);
        webSocket = new WebSocketTransport(server.server, live, { authentication, admission }, log);
        registerMetrics(registry, live, () => webSocket, sse, admission);
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

/** Lets browsers show answers to pages of these origins. Nothing is told by cookies, so no credentials are asked for. */
async function allowPagesOf(server: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await server.register(cors, {
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'accept'],
    maxAge: PREFLIGHT_SECONDS,
  });
}
