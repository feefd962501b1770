import type { Logger } from '@holdfast/service';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Errors that were made to be read by clients, wherever they arose. */
const publicCodes: ReadonlySet<unknown> = new Set([
  'AUTHENTICATION_UNAVAILABLE',
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'OVERLOADED',
  'ORDER_NOT_FOUND',
  'RATE_LIMITED',
  'SLOW_CLIENT',
  'SUBGRAPH_UNAVAILABLE',
  'UNAUTHENTICATED',
]);
/** Errors about the client's own document, which only the gateway may judge: from a subgraph they speak of what is inside. */
const gatewayCodes: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);
const publicExtensions = [
  'code',
  'service',
  'retryAfterMs',
  'limit',
  'allowed',
  'orderId',
  'lastVersion',
] as const;

/** What a client may see of an error: no address, no stack, and of what is broken inside only that it is. The rest is logged. */
export function maskError(
  error: GraphQLFormattedError,
  log: Logger,
  cause: unknown = error,
): GraphQLFormattedError {
  const extensions = error.extensions ?? {};
  const { code, serviceName } = extensions;
  const isPublic = publicCodes.has(code) || (gatewayCodes.has(code) && serviceName === undefined);
  const place = error.path ? { path: error.path } : {};
  if (!isPublic) {
    log.error({ event: 'request-failed', service: serviceName, path: error.path, err: cause });
    const service = typeof serviceName === 'string' ? { service: serviceName } : {};
    return { message: 'Internal error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', ...service } };
  }
  const shown = publicExtensions.filter((name) => extensions[name] !== undefined);
  return {
    message: error.message,
    ...(error.locations ? { locations: error.locations } : {}),
    ...place,
    extensions: Object.fromEntries(shown.map((name) => [name, extensions[name]])),
  };
}

/** As `maskError`, for whatever was thrown; the result has a `toJSON`, as graphql-ws wants it. */
export function maskThrown(thrown: unknown, log: Logger): GraphQLError {
  const known = thrown instanceof GraphQLError ? thrown.toJSON() : { message: String(thrown) };
  const { message, extensions } = maskError(known, log, thrown);
  return new GraphQLError(message, extensions ? { extensions } : {});
}
