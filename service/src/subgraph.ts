import { ApolloServer, type BaseContext } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { saysContention, saysServerAway } from '@holdfast/messaging';
import { GraphQLError, parse, type GraphQLFormattedError } from 'graphql';
import type { Registry } from 'prom-client';
import { startHttp, type Http, type Readiness } from './http.ts';
import type { Logger } from './logger.ts';
import { VIEWER_HEADER, ViewerSeal, type Viewer } from './viewer.ts';

type Resolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown; resolvers?: unknown }>['resolvers']
>;

export interface SubgraphOptions<Context extends BaseContext> {
  readonly name: string;
  /** The text of schema.graphql. */
  readonly typeDefs: string;
  readonly resolvers: object;
  readonly host: string;
  readonly port: number;
  /** As in `HttpOptions`. */
  readonly metricsPort?: number | undefined;
  readonly log: Logger;
  /** What the gateway signs its viewers with; without any, where authentication is off, everybody is answered. */
  readonly viewerKeys?: readonly string[];
  /** Made anew for each request; the viewer is null when the request names none. */
  readonly context: (viewer: Viewer | null, traceparent: string | null) => Context;
  readonly readiness: () => Promise<Readiness>;
  /** Registers the service's own metrics. */
  readonly metrics?: (registry: Registry) => void;
}

export interface Subgraph extends Http {
  /** Such as http://127.0.0.1:4001/graphql */
  readonly graphqlUrl: string;
}

/** 5,000 products in one upsert, with their variables, fit; what is larger is refused. */
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

/** A server that restarts needs about so long. */
const RETRY_AFTER_MS = 1_000;

/**
 * Serves a subgraph with Apollo Server on Fastify at /graphql, with health and metrics beside it.
 * Errors that are no GraphQLError are logged and not told: one that says that the database is away, restarting, full, out
 * of connections or too contended is answered as SUBGRAPH_UNAVAILABLE with `retryAfterMs`, every other as `Internal error`.
 */
export async function startSubgraph<Context extends BaseContext>(
  options: SubgraphOptions<Context>,
): Promise<Subgraph> {
  const apollo = new ApolloServer<Context>({
    schema: buildSubgraphSchema([
      { typeDefs: parse(options.typeDefs), resolvers: options.resolvers as Resolvers },
    ]),
    introspection: true,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) => maskInternal(formatted, error, options),
    logger: options.log,
  });
  await apollo.start();
  const seal = new ViewerSeal(options.viewerKeys ?? []);
  const http = await startHttp({
    ...options,
    bodyLimitBytes: BODY_LIMIT_BYTES,
    routes: async (server, registry) => {
      options.metrics?.(registry);
      server.route({
        method: ['GET', 'POST'],
        url: '/graphql',
        handler: fastifyApolloHandler<Context>(apollo, {
          context: async (request) => {
            const { traceparent } = request.headers;
            return options.context(
              seal.read(request.headers[VIEWER_HEADER]),
              typeof traceparent === 'string' ? traceparent : null,
            );
          },
        }),
      });
    },
  });
  return {
    ...http,
    graphqlUrl: `${http.url}/graphql`,
    stop: async () => {
      await http.stop();
      await apollo.stop();
    },
  };
}

/** What is broken inside is told to the log, not to the client. */
function maskInternal(
  formatted: GraphQLFormattedError,
  error: unknown,
  { name, log }: { readonly name: string; readonly log: Logger },
): GraphQLFormattedError {
  const original = error instanceof GraphQLError && error.originalError ? error.originalError : error;
  if (original instanceof GraphQLError || formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR')
    return formatted;
  const place = formatted.path ? { path: formatted.path } : {};
  if (saysServerAway(original) || saysContention(original)) {
    log.warn({ event: 'database-unusable', path: formatted.path, err: original });
    return {
      message: `The service "${name}" cannot work just now`,
      ...place,
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: name, retryAfterMs: RETRY_AFTER_MS },
    };
  }
  log.error({ event: 'request-failed', path: formatted.path, err: original });
  return {
    message: 'Internal error',
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}
