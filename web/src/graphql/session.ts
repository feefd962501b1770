/**
 * Who this browser speaks for. A token lives in memory only and is gone with the page; the customer of the viewer switch
 * (HOLDFAST_AUTH=off) is no secret and stays for the next visit.
 */
export type Session =
  | { readonly kind: 'customer'; readonly customer: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'default' };

const STORED = 'holdfast-customer';

type Listener = () => void;
const listeners = new Set<Listener>();
let session: Session = storedSession();
let isRefused = false;

export const currentSession = (): Session => session;

/** Whether the gateway has asked who this is since the session last changed. */
export const isSessionRefused = (): boolean => isRefused;

export function changeSession(next: Session): void {
  session = next;
  isRefused = false;
  if (next.kind === 'customer') localStorage.setItem(STORED, next.customer);
  else localStorage.removeItem(STORED);
  tell();
}

/** The gateway does not know, or no longer knows, who this is: the page asks for a token. */
export function refuseSession(): void {
  if (isRefused) return;
  isRefused = true;
  tell();
}

export function onSessionChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What names the viewer on an HTTP request. */
export const sessionHeaders = (of: Session): Record<string, string> =>
  of.kind === 'token'
    ? { authorization: `Bearer ${of.token}` }
    : of.kind === 'customer'
      ? { 'x-holdfast-customer': of.customer }
      : {};

/** What names the viewer in a WebSocket's `connection_init`. */
export const sessionParams = (of: Session): Record<string, string> =>
  of.kind === 'token'
    ? { authorization: `Bearer ${of.token}` }
    : of.kind === 'customer'
      ? { customer: of.customer }
      : {};

function tell(): void {
  for (const listener of listeners) listener();
}

function storedSession(): Session {
  const customer = localStorage.getItem(STORED);
  return customer === null ? { kind: 'default' } : { kind: 'customer', customer };
}
