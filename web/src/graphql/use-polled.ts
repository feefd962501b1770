import { useEffect, useRef, useState } from 'react';
import type { AnyVariables, CombinedError, TypedDocumentNode } from 'urql';
import { useUncachedClient } from '../features/viewer/session-provider.tsx';

/** What was read last, and how reading goes since. */
export interface Polled<Data> {
  /** The last answer that came whole; null before the first. */
  readonly data: Data | null;
  /** When that answer came, in milliseconds since the epoch. */
  readonly readAt: number | null;
  /** Why the latest reading failed; null when it did not. */
  readonly error: CombinedError | null;
  readonly everyMs: number;
  /** Reads now, not only when the interval is over. */
  readonly readAgain: () => void;
}

interface Reading<Data> {
  readonly of: string;
  readonly data: Data | null;
  readonly readAt: number | null;
  readonly error: CombinedError | null;
}

/** Reads again and again while the page is visible, one reading at a time. A failed reading keeps the answer before it. */
export function usePolled<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  everyMs: number,
): Polled<Data> {
  const client = useUncachedClient();
  const of = JSON.stringify(variables);
  const [reading, setReading] = useState<Reading<Data> | null>(null);
  const wake = useRef<() => void>(() => {});

  useEffect(() => {
    const stopped = new AbortController();
    const read = async (): Promise<void> => {
      const asked = JSON.parse(of) as Variables;
      const { data, error } = await client
        .query(document, asked, { requestPolicy: 'network-only' })
        .toPromise();
      if (stopped.signal.aborted) return;
      setReading((last) =>
        error === undefined && data !== undefined
          ? { of, data, readAt: Date.now(), error: null }
          : { ...(last?.of === of ? last : { of, data: null, readAt: null }), error: error ?? null },
      );
    };
    const pause = (): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake.current = () => (clearTimeout(timer), resolve());
      });
    const poll = async (): Promise<void> => {
      while (!stopped.signal.aborted) {
        if (window.document.visibilityState === 'visible') await read();
        if (!stopped.signal.aborted) await pause();
      }
    };
    const onVisible = (): void => wake.current();
    window.document.addEventListener('visibilitychange', onVisible);
    void poll();
    return () => {
      stopped.abort();
      window.document.removeEventListener('visibilitychange', onVisible);
      wake.current();
    };
  }, [client, document, of, everyMs]);

  const current = reading?.of === of ? reading : null;
  return {
    data: current?.data ?? null,
    readAt: current?.readAt ?? null,
    error: current?.error ?? null,
    everyMs,
    readAgain: () => wake.current(),
  };
}
