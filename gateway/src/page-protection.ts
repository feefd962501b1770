import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OriginCheck } from './access/caller-origin.ts';

/** What a page may load, by directive of its Content-Security-Policy. */
type Policy = Readonly<Record<string, string>>;

const OWN_FILES_ONLY: Policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'frame-src': "'self'",
  'frame-ancestors': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/**
 * An onRequest hook for what browsers show: refuses a caller from elsewhere, and lets a page load only what this gateway
 * serves. A handler whose page needs another policy sets that header anew.
 */
export const protectPage =
  (originProblem: OriginCheck) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const refuse = (status: number, why: string): FastifyReply =>
      reply.code(status).type('text/plain; charset=utf-8').send(`${why}\n`);
    const problem = originProblem(request.headers);
    if (problem !== null) return refuse(403, problem);
    if (hostOf(request) === null) return refuse(400, 'The request names no host');
    void reply.headers({
      'content-security-policy': contentSecurityPolicy(request),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    });
    return undefined;
  };

/** The header's text for a page of this host; `changes` replaces directives or adds them. */
export function contentSecurityPolicy(request: FastifyRequest, changes: Policy = {}): string {
  // Not every browser takes 'self' to mean the WebSocket of the same host too.
  const host = hostOf(request);
  const policy = { ...OWN_FILES_ONLY, 'connect-src': `'self' ws://${host} wss://${host}`, ...changes };
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

function hostOf({ headers }: FastifyRequest): string | null {
  const url = `http://${headers.host}`;
  return headers.host && URL.canParse(url) ? new URL(url).host : null;
}
