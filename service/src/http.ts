import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { fastify, type FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Logger } from './logger.ts';

export interface Readiness {
  readonly isReady: boolean;
  /** What stands behind the verdict, and what does not decide it, such as NATS. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface HttpOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Where /metrics is served, and nothing else, on the same host; then `port` answers 404 for it. 0 for any free port. */
  readonly metricsPort?: number | undefined;
  readonly log: Logger;
  readonly readiness: () => Promise<Readiness>;
  /** Largest request body in bytes. */
  readonly bodyLimitBytes: number;
  /** Adds routes before the server listens; its metrics go to `registry`. */
  readonly routes: (server: FastifyInstance, registry: Registry) => Promise<void>;
}

export interface Http {
  /** Such as http://127.0.0.1:4001 */
  readonly url: string;
  /** Such as http://127.0.0.1:4001/metrics */
  readonly metricsUrl: string;
  /** Unready from now on, so that nothing new is routed here; what comes all the same is answered, and told to come elsewhere. */
  drain(): void;
  /**
   * Drains, answers what still comes on connections that clients keep, until none does or 5 s are over, finishes the requests
   * that run, and closes. Repeating it is safe.
   */
  stop(): Promise<void>;
}

/** How long an answer that closes its connection waits for what its client still sends, and for how much of it. */
const DISCARD_MS = 5_000;
const DISCARD_BYTES = 16 * 1024 * 1024;

/** Who drains waits at most so long for clients to leave the connections they keep; and takes them for gone after a while without a request. */
const LEAVE_WITHIN_MS = 5_000;
const QUIET_MS = 400;
const probes: ReadonlySet<string | undefined> = new Set(['/livez', '/readyz', '/metrics']);

/** Longer than the gateway's own keep-alive, so that it never writes to a connection that is closing. */
const KEEP_ALIVE_MS = 75_000;

/**
 * An HTTP server with /livez (the event loop only) and /readyz beside its routes, and /metrics there or on a port of its own.
 * Rejects when a port is taken, and then listens on none.
 */
export async function startHttp(options: HttpOptions): Promise<Http> {
  const server = fastify({
    bodyLimit: options.bodyLimitBytes,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    // Whoever did not know in time that this server closes is answered all the same.
    return503OnClosing: false,
    requestTimeout: 30_000,
  });
  const registry = new Registry();
  registry.setDefaultLabels({ service: options.name });
  collectDefaultMetrics({ register: registry });
  let isDraining = false;
  const answering = { count: 0, lastAskedAt: -Infinity };
  server.addHook('onRequest', async ({ routeOptions }) => {
    answering.count += 1;
    if (!probes.has(routeOptions.url)) answering.lastAskedAt = performance.now();
  });
  server.addHook('onResponse', async () => void (answering.count -= 1));

  const durations = requestDurations(registry);
  server.addHook('onResponse', async (request, reply) => {
    const { url: route = 'none' } = request.routeOptions;
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });

  server.addHook('onSend', async (request, reply) => {
    // Only the client can leave a connection without losing what it sends on it at this moment.
    if (isDraining) reply.header('connection', 'close');
    if (reply.getHeader('connection') === 'close') await discardBody(request.raw);
  });

  server.get('/livez', () => ({ isLive: true }));
  server.get('/readyz', async (_request, reply) => {
    const { isReady, body } = await options.readiness();
    return reply
      .code(isReady && !isDraining ? 200 : 503)
      .send({ isReady: isReady && !isDraining, isDraining, ...body });
  });
  const metricsServer = options.metricsPort === undefined ? server : fastify();
  metricsServer.get('/metrics', async (_request, reply) => {
    const text = await registry.metrics();
    return reply.type(registry.contentType).send(text);
  });
  await options.routes(server, registry);
  const { host, port } = options;
  const url = await server.listen({ host, port });
  const metricsRoot =
    metricsServer === server ? url : await listenBeside(server, metricsServer, host, options.metricsPort);
  const metricsUrl = `${metricsRoot}/metrics`;
  options.log.info({ event: 'listening', url, metricsUrl });

  let stopping: Promise<void> | undefined;
  const drain = (): void => {
    isDraining = true;
  };
  return {
    url,
    metricsUrl,
    drain,
    stop: () => {
      drain();
      stopping ??= close(server, answering, metricsServer);
      return stopping;
    },
  };
}

async function listenBeside(
  server: FastifyInstance,
  beside: FastifyInstance,
  host: string,
  port = 0,
): Promise<string> {
  try {
    return await beside.listen({ host, port });
  } catch (error) {
    await server.close();
    throw error;
  }
}

const requestDurations = (registry: Registry): Histogram<'method' | 'route' | 'status'> =>
  new Histogram({
    name: 'holdfast_http_request_duration_seconds',
    help: 'From a request until its answer was sent',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers: [registry],
  });

/** What a server is just doing. */
interface Answering {
  /** Requests that came and whose answers are not sent yet. */
  count: number;
  /** By the clock of `performance`, other than a probe. */
  lastAskedAt: number;
}

async function untilQuiet(answering: Answering): Promise<void> {
  const endsAt = performance.now() + LEAVE_WITHIN_MS;
  const isQuiet = (now: number): boolean => answering.count === 0 && now - answering.lastAskedAt >= QUIET_MS;
  while (performance.now() < endsAt && !isQuiet(performance.now())) await delay(QUIET_MS / 8);
}

/**
 * Waits until clients have left, stops listening and waits for what runs. A connection that finishes its request after this began is open and idle: it is
 * closed then and not when its keep-alive ends, but only while no answer is still on its way to the operating system,
 * since Node takes a connection for idle as soon as its answer is written.
 */
async function close(
  server: FastifyInstance,
  answering: Answering,
  metricsServer: FastifyInstance,
): Promise<void> {
  await untilQuiet(answering);
  const closing = setInterval(() => {
    if (answering.count === 0) server.server.closeIdleConnections();
  }, 100);
  try {
    await server.close();
  } finally {
    clearInterval(closing);
    await metricsServer.close();
  }
}

/** What closes with bytes unread is reset by the operating system, and then the client loses the answer with it. */
async function discardBody(body: IncomingMessage): Promise<void> {
  if (body.complete || body.destroyed) return;
  const { promise: isEnough, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, DISCARD_MS);
  let bytes = 0;
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DISCARD_BYTES) resolve();
  });
  body.once('end', resolve).once('close', resolve);
  await isEnough;
  clearTimeout(timer);
}
