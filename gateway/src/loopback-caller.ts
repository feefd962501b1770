import type { IncomingHttpHeaders } from 'node:http';

/** What a caller from elsewhere is told. */
export const FOREIGN_CALLER =
  'Without authentication only this machine is served: Host and Origin have to name loopback';

/**
 * Whether a request was addressed to this machine by name and, when a browser sent it, comes from a page of this
 * machine. Without authentication this is what keeps a foreign web page from speaking for the operator: browsers let any
 * page open a WebSocket to loopback, and a page's own host name may be made to resolve to it.
 */
export function isLoopbackCaller(headers: IncomingHttpHeaders): boolean {
  const { host, origin } = headers;
  return isLoopbackUrl(`http://${host}`) && (origin === undefined || isLoopbackUrl(origin));
}

function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { hostname } = new URL(text);
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
