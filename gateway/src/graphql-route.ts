import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { overLimit } from './limits.ts';
import { wantsEventStream, type SseTransport } from './live/sse.ts';
import { FOREIGN_CALLER, isLoopbackCaller } from './loopback-caller.ts';
import { CUSTOMER_HEADER, viewerOf, type ViewerContext } from './viewer.ts';

/** /graphql over HTTP: subscriptions for who accepts an event stream, everything else by Apollo Server. */
export function serveGraphql(
  server: FastifyInstance,
  apollo: ApolloServer<ViewerContext>,
  sse: SseTransport,
): void {
  const contextOf = async (request: FastifyRequest): Promise<ViewerContext> => ({
    viewer: viewerOf(request.headers[CUSTOMER_HEADER]),
  });
  const answer = fastifyApolloHandler<ViewerContext>(apollo, { context: contextOf });
  server.setErrorHandler(answerError);
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    onRequest: async (request) => {
      if (!isLoopbackCaller(request.headers)) throw foreignCaller();
    },
    handler: async (request, reply) => {
      if (!wantsEventStream(request)) return answer.call(server, request, reply);
      const { viewer } = await contextOf(request);
      return sse.handle(request, reply, viewer);
    },
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
    return reply.code(http?.status ?? 400).send({ errors: [{ message: error.message, extensions }] });
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const tooLarge = overLimit('messageBytes', 'The body is too large, in bytes', 'BAD_REQUEST');
    return reply.code(413).send({ errors: [tooLarge.toJSON()] });
  }
  const status = error.statusCode ?? 500;
  const isTheirs = status >= 400 && status < 500;
  const message = isTheirs ? error.message : 'Internal error';
  const code = isTheirs ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}

const foreignCaller = (): GraphQLError =>
  new GraphQLError(FOREIGN_CALLER, { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
