import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { OriginCheck } from './access/caller-origin.ts';
import { contentSecurityPolicy, protectPage } from './page-protection.ts';

interface Page {
  readonly html: Buffer;
  /** What its Content-Security-Policy allows beyond that of other pages. */
  readonly allows: Readonly<Record<string, string>>;
}

let page: Promise<Page> | undefined;

/** GraphiQL on /graphiql, whole in one page of 9 MB from the installed package: no other host is asked for anything. */
export function serveGraphiql(server: FastifyInstance, originProblem: OriginCheck): void {
  server.get('/graphiql', { onRequest: protectPage(originProblem) }, async (request, reply) => {
    page ??= renderPage();
    const { html, allows } = await page;
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'max-age=3600')
      .header('content-security-policy', contentSecurityPolicy(request, allows))
      .send(html);
  });
}

/** Rendered at the first request, so that a gateway nobody looks at does not hold it. */
async function renderPage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const defaultQuery =
    'query Orders {\n  orders(first: 10) {\n    edges { node { id status version placedAt } }\n  }\n}\n';
  const html = renderGraphiQL({
    title: 'Holdfast',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultQuery,
  });
  return {
    html: Buffer.from(html),
    allows: {
      'script-src': scriptHash(html),
      // Its editor makes these itself while it runs.
      'style-src': "'unsafe-inline'",
      'worker-src': 'blob:',
      'font-src': 'data:',
    },
  };
}

/** Of the one inline script, as a browser finds it. */
function scriptHash(html: string): string {
  const begin = html.indexOf('<script>') + '<script>'.length;
  const script = html.slice(begin, html.indexOf('</script>', begin));
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
