import type { HistoryWriter } from './history-writer.ts';
import type { LiveLink } from './live-link.ts';

/** One client's subscription of one order, resumed after every loss with the last version it saw. */
export interface Watch {
  readonly orderId: string;
  /** The highest version seen; 0 before any. */
  readonly lastVersion: number;
  readonly lastStatus: string | null;
  /** The server ended it after a final change. */
  readonly isComplete: boolean;
  /** Ends it; the reason goes into the history. Without effect once it has ended. */
  end(reason: 'left' | 'settled'): void;
  /** Ends it without a word: whoever checks the history then expects that it saw everything. */
  abandon(): void;
}

export interface WatchOptions {
  readonly client: string;
  readonly link: LiveLink;
  readonly history: HistoryWriter;
  readonly orderId: string;
  /** Whether every version is asked for, rather than the latest and what follows. */
  readonly fromStart: boolean;
  /** Whether this client does not read its socket at the moment, or did not until a moment ago. */
  readonly isSlow?: () => boolean;
}

const query = `subscription ($orderId: ID!, $after: Int) {
  orderStatusChanged(orderId: $orderId, after: $after) { eventId version to }
}`;

const firstRetryMs = 100;
const lastRetryMs = 2_000;

const finalStatuses: ReadonlySet<string> = new Set(['REJECTED', 'CANCELLED', 'DELIVERED']);

export function watchOrder({ client, link, history, orderId, fromStart, isSlow }: WatchOptions): Watch {
  const state = { lastVersion: 0, lastStatus: null as string | null, isComplete: false, isOver: false };
  let leave: () => void = () => undefined;
  let retry: NodeJS.Timeout | undefined;
  let retryMs = firstRetryMs;
  /** Where it was asked for: at a loss the link may be at another one already. */
  let { gateway } = link;

  function subscribe(phase: 'open' | 'resumed'): void {
    gateway = link.gateway;
    const after = state.lastVersion > 0 || fromStart ? { after: state.lastVersion } : {};
    history.write({ kind: 'subscriber', client, orderId, phase, gateway, ...after });
    const resumedAfter =
      phase === 'resumed' && after.after !== undefined ? { resumedAfter: after.after } : {};
    let isFirst = true;
    leave = link.subscribe(
      query,
      { orderId, ...after },
      {
        next: (data) => {
          const { eventId, version, to } = (data as { orderStatusChanged: Change }).orderStatusChanged;
          const line = { client, orderId, version, status: to, eventId, ...(isFirst ? resumedAfter : {}) };
          history.write({ kind: 'event', ...line });
          isFirst = false;
          retryMs = firstRetryMs;
          if (version <= state.lastVersion) return;
          state.lastVersion = version;
          state.lastStatus = to;
        },
        lost: again,
        completed: () => {
          if (state.lastStatus === null || !finalStatuses.has(state.lastStatus))
            return again('completed early');
          state.isComplete = true;
          finish('complete');
        },
      },
    );
  }

  function again(reason: string): void {
    if (state.isOver) return;
    const slow = isSlow?.() ? { wasSlow: true } : {};
    history.write({
      kind: 'subscriber',
      client,
      orderId,
      phase: 'lost',
      gateway,
      reason,
      ...slow,
    });
    retry = setTimeout(() => subscribe('resumed'), retryMs);
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  }

  function finish(reason: string): void {
    if (state.isOver) return;
    history.write({ kind: 'subscriber', client, orderId, phase: 'done', gateway, reason });
    abandon();
  }

  function abandon(): void {
    state.isOver = true;
    clearTimeout(retry);
    leave();
  }

  subscribe('open');
  return {
    orderId,
    get lastVersion() {
      return state.lastVersion;
    },
    get lastStatus() {
      return state.lastStatus;
    },
    get isComplete() {
      return state.isComplete;
    },
    end: finish,
    abandon,
  };
}

interface Change {
  readonly eventId: string;
  readonly version: number;
  readonly to: string;
}
