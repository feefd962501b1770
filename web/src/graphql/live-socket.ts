import { CloseCode, createClient, type Client, type SubscribePayload } from 'graphql-ws';
import { setConnection } from './connection.ts';
import { refuseSession, sessionParams, type Session } from './session.ts';

const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
const LONGEST_WAIT_MS = 5_000;
/** A socket that nobody uses any more stays open for a moment: the next page often wants it. */
const CLOSE_AFTER_MS = 5_000;
const FORBIDDEN_CODES: ReadonlySet<number> = new Set([CloseCode.Unauthorized, CloseCode.Forbidden]);

export interface LiveSocket extends Pick<Client, 'subscribe'> {
  dispose(): void;
}

/**
 * The one socket of a session. It comes back by itself, for as long as it takes, and tells `connection` how it stands. A
 * socket that has fallen silent (a laptop that slept, a network that changed) is noticed within 15 seconds, and at once
 * when the page is shown or the network is back.
 */
export function openLiveSocket(session: Session): LiveSocket {
  let socket: WebSocket | null = null;
  let pongDue: ReturnType<typeof setTimeout> | undefined;
  let wakeUp: () => void = () => {};

  const expectPong = (): void => {
    clearTimeout(pongDue);
    pongDue = setTimeout(() => socket?.close(4408, 'No answer to a ping'), PONG_WITHIN_MS);
  };
  const client = createClient({
    url: () => location.origin.replace(/^http/, 'ws') + '/graphql',
    connectionParams: () => sessionParams(session),
    lazyCloseTimeout: CLOSE_AFTER_MS,
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (event) => !isForbidden(event),
    retryWait: (retries) => {
      const waitMs = Math.min(LONGEST_WAIT_MS, 250 * 2 ** Math.min(retries, 10)) * (0.5 + Math.random() / 2);
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        wakeUp = () => (clearTimeout(timer), resolve());
      });
    },
    on: {
      connecting: (isRetry) => {
        if (!isRetry) setConnection('connecting');
      },
      connected: (opened) => {
        socket = opened as WebSocket;
        setConnection('live');
      },
      ping: (isReceived) => {
        if (!isReceived) expectPong();
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(pongDue);
      },
      closed: (event) => {
        clearTimeout(pongDue);
        socket = null;
        if (isForbidden(event)) refuseSession();
        setConnection((event as CloseEvent).code === 1000 ? 'idle' : 'lost');
      },
    },
  });

  // After a sleep the timers above run late: ask for a sign of life, or try again, right away.
  const lookAlive = (): void => {
    if (document.visibilityState === 'hidden') return;
    wakeUp();
    if (socket?.readyState !== WebSocket.OPEN) return;
    socket.send('{"type":"ping"}');
    expectPong();
  };
  document.addEventListener('visibilitychange', lookAlive);
  addEventListener('online', lookAlive);
  return {
    subscribe: (payload, sink) => client.subscribe(payload, sink),
    dispose: () => {
      document.removeEventListener('visibilitychange', lookAlive);
      removeEventListener('online', lookAlive);
      void client.dispose();
    },
  };
}

/**
 * A payload that is written anew with each connection, so that a subscription with `after` resumes behind the last
 * version that has arrived, instead of where it began.
 */
export function resumingPayload(
  payload: SubscribePayload,
  lastVersion: () => number | null,
): SubscribePayload {
  const { query, operationName, extensions, variables } = payload;
  return {
    query,
    operationName,
    extensions,
    get variables() {
      const last = lastVersion();
      return last === null ? variables : { ...variables, after: last };
    },
  };
}

const isForbidden = (event: unknown): boolean =>
  event instanceof CloseEvent && FORBIDDEN_CODES.has(event.code);
