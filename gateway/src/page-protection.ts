import type { FastifyReply, FastifyRequest } from 'fastify';
import { FOREIGN_CALLER, isLoopbackCaller } from './loopback-caller.ts';

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
export async function protectPage(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  if (!isLoopbackCaller(request.headers)) {
    return reply.code(403).type('text/plain; charset=utf-8').send(`${FOREIGN_CALLER}\n`);
  }
  void reply.headers({
    'content-security-policy': contentSecurityPolicy(request),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  });
  return undefined;
}

/** The header's text for a page of a loopback caller; `changes` replaces directives or adds them. */
export function contentSecurityPolicy({ headers }: FastifyRequest, changes: Policy = {}): string {
  // Not every browser takes 'self' to mean the WebSocket of the same host too.
  const ownSocket = `ws://${new URL(`http://${headers.host}`).host}`;
  const policy = { ...OWN_FILES_ONLY, 'connect-src': `'self' ${ownSocket}`, ...changes };
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
