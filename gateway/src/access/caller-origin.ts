import type { IncomingHttpHeaders } from 'node:http';

/** Says why a caller is not served here because of where it comes from; null when it may go on. */
export type OriginCheck = (headers: IncomingHttpHeaders) => string | null;

const NOT_LOOPBACK =
  'Without authentication only this machine is served: Host and Origin have to name loopback';
const FOREIGN_ORIGIN = 'Pages of this origin are not served: CORS_ORIGINS lists those that are';

/**
 * For a gateway without authentication: a request has to be addressed to this machine by name and, when a browser sent
 * it, to come from a page of this machine. It is what keeps a foreign web page from speaking for the operator: browsers let
 * any page open a WebSocket to loopback, and a page's own host name may be made to resolve to it.
 */
export const loopbackOnly: OriginCheck = ({ host, origin }) =>
  isLoopbackUrl(`http://${host}`) && (origin === undefined || isLoopbackUrl(origin)) ? null : NOT_LOOPBACK;

/**
 * For a gateway with authentication: a browser's page has to be this host's own or one of `origins`, such as
 * https://shop.example.com. Whoever sends no Origin is no browser.
 */
export const ownPagesAnd =
  (origins: readonly string[]): OriginCheck =>
  ({ host, origin }) =>
    origin === undefined || origins.includes(origin) || hostOf(origin) === host ? null : FOREIGN_ORIGIN;

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null);

function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { hostname } = new URL(text);
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
