import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Authentication } from './access/authentication.ts';
import type { Caller, ViewerContext } from './access/viewer.ts';
import { overLimit } from './limits.ts';
import { wantsEventStream, type SseTransport } from './live/sse.ts';

/** /graphql over HTTP: subscriptions for who accepts an event stream, everything else by Apollo Server. */
export function serveGraphql(
  server: FastifyInstance,
  apollo: ApolloServer<ViewerContext>,
  sse: SseTransport,
  authentication: Authentication,
): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  const callerOf = (request: FastifyRequest): Caller => callers.get(request)!;
  const answer = fastifyApolloHandler<ViewerContext>(apollo, {
    context: async (request) => callerOf(request),
  });
  server.setErrorHandler(answerError);
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    // Before the body is read: nobody unknown makes the gateway read one.
    onRequest: async (request) => {
      const problem = authentication.originProblem(request.headers);
      if (problem !== null) throw forbidden(problem);
      callers.set(request, await authentication.ofHeaders(request.headers));
    },
    handler: async (request, reply) =>
      wantsEventStream(request)
        ? sse.handle(request, reply, callerOf(request))
        : answer.call(server, request, reply),
  });
}

/** What fails before GraphQL begins is answered in GraphQL's shape all the same. */
function answerError(
  error: FastifyError | GraphQLError,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof GraphQLError) {
    const { http, ...extensions } = error.extensions as { http?: { status: number } };
    if (http?.status === 401) void reply.header('www-authenticate', 'Bearer');
    return reply.code(http?.status ?? 400).send({ errors: [{ message: error.message, extensions }] });
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const { message, extensions } = overLimit(
      'messageBytes',
      'The body is too large, in bytes',
      'BAD_REQUEST',
    );
    const { http: _, ...shown } = extensions;
    return reply.code(413).send({ errors: [{ message, extensions: shown }] });
  }
  const status = error.statusCode ?? 500;
  const isTheirs = status >= 400 && status < 500;
  const message = isTheirs ? error.message : 'Internal error';
  const code = isTheirs ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}

const forbidden = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
