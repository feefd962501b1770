import { stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OriginCheck } from './access/caller-origin.ts';
import { protectPage } from './page-protection.ts';

/** Where `npm start` and `npm run build` put the web client. */
const BUILT_WEB_CLIENT = fileURLToPath(new URL('../../web/dist', import.meta.url));
const NOT_BUILT =
  'The web client is not built: `npm start` builds it, and so does `npm run build`. GraphQL answers at /graphql.\n';

/** First parts of paths that are never the web client's, and so never answered with its page. */
const OTHERS = new Set(['graphql', 'graphiql', 'livez', 'readyz', 'metrics']);

/**
 * The web client on every path that no other route has: its files, with a .br or .gz beside them where the browser takes
 * it, and its page for the addresses that it makes up itself, such as /orders/ID. The files may come, go and be replaced
 * while the gateway runs; without a page it answers 503 with how to build one.
 */
export async function serveWebClient(
  server: FastifyInstance,
  originProblem: OriginCheck,
  root = BUILT_WEB_CLIENT,
): Promise<void> {
  await server.register(async (web) => {
    web.addHook('onRequest', protectPage(originProblem));
    await web.register(fastifyStatic, {
      root,
      suppressWarning: true,
      dotfiles: 'ignore',
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, file) => void reply.header('cache-control', cacheControl(root, file)),
    });
    web.setNotFoundHandler((request, reply) => answerWithoutFile(request, reply, root));
  });
}

/** Files in assets/ have a hash of their content in their names, so whatever a name once meant it means for good. */
function cacheControl(root: string, file: string): string {
  return file.startsWith(join(root, 'assets') + sep) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

async function answerWithoutFile(
  request: FastifyRequest,
  reply: FastifyReply,
  root: string,
): Promise<FastifyReply> {
  void reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache');
  if (!asksForPage(request)) return reply.code(404).send('Not found\n');
  if (!(await isFile(join(root, 'index.html')))) return reply.code(503).send(NOT_BUILT);
  return reply.sendFile('index.html');
}

function asksForPage({ method, url, headers }: FastifyRequest): boolean {
  const [path = '/'] = url.split('?', 1);
  const first = path.split('/', 2)[1] ?? '';
  if (!['GET', 'HEAD'].includes(method) || OTHERS.has(first) || first === 'assets') return false;
  return path === '/' || /\btext\/html\b/.test(headers.accept ?? '');
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
