import type { IncomingHttpHeaders } from 'node:http';

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
