import { useState } from 'react';
import { errorText } from '../../ui/states.tsx';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import type { Service } from './services.ts';

export type Closing = 'redrive' | 'discard';

/** What keeps a message open after it was tried to close, by its id; null for one that is closed. */
export type Outcomes = ReadonlyMap<string, string | null>;

/**
 * Closes messages one after the other, each by a command of its own, so that each problem is known to be of its message.
 * Repeating is safe: one that is closed stays so.
 */
export function useClosing(service: Service): {
  readonly done: number | null;
  readonly close: (closing: Closing, ids: readonly string[], reason: string) => Promise<Outcomes>;
} {
  const client = useUncachedClient();
  const [done, setDone] = useState<number | null>(null);

  const closeOne = async (closing: Closing, id: string, reason: string): Promise<string | null> => {
    const { data, error } =
      closing === 'redrive'
        ? await client.mutation(service.redrive, { id }).toPromise()
        : await client.mutation(service.discard, { id, reason }).toPromise();
    if (!data) return error ? errorText(error) : 'There was no answer.';
    const { changed, problems } = data.result;
    return problems[0]?.message ?? (changed === 0 ? 'It was closed before.' : null);
  };
  return {
    done,
    close: async (closing, ids, reason) => {
      const outcomes = new Map<string, string | null>();
      setDone(0);
      for (const id of ids) {
        outcomes.set(id, await closeOne(closing, id, reason));
        setDone(outcomes.size);
      }
      setDone(null);
      return outcomes;
    },
  };
}
