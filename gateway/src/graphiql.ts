import type { FastifyInstance } from 'fastify';

let page: Promise<Buffer> | undefined;

/** GraphiQL on /graphiql, whole in one page of 9 MB from the installed package: no other host is asked for anything. */
export function serveGraphiql(server: FastifyInstance): void {
  server.get('/', (_request, reply) => reply.redirect('/graphiql'));
  server.get('/graphiql', async (_request, reply) => {
    page ??= renderPage();
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'max-age=3600')
      .send(await page);
  });
}

/** Rendered at the first request, so that a gateway nobody looks at does not hold it. */
async function renderPage(): Promise<Buffer> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const defaultQuery =
    'query Orders {\n  orders(first: 10) {\n    edges { node { id status version placedAt } }\n  }\n}\n';
  return Buffer.from(
    renderGraphiQL({ title: 'Holdfast', endpoint: '/graphql', subscriptionsProtocol: 'WS', defaultQuery }),
  );
}
