import { useEffect, useState } from 'react';
import type { CombinedError } from 'urql';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { OrderStoryDocument } from './order-story.generated.ts';
import { isUnderWay, tellStory, type Story } from './story.ts';

const FIRST_WAIT_MS = 150;
const LONGEST_WAIT_MS = 5_000;
const MOST_READINGS = 30;

export interface ToldStory {
  /** Null before the first answer. */
  readonly story: Story | null;
  readonly error: CombinedError | null;
  readonly readAgain: () => void;
}

const untold = { story: null, error: null } as const;

/**
 * The facts of an order, read when it is shown and with each of its versions, and then again, ever more slowly and not for
 * ever, until all that was published is handled.
 */
export function useOrderStory(orderId: string, version: number): ToldStory {
  const client = useUncachedClient();
  const [told, setTold] = useState<Omit<ToldStory, 'readAgain'>>(untold);
  const [asked, setAsked] = useState(0);
  useEffect(() => setTold(untold), [orderId]);
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (reading: number): Promise<void> => {
      const { data, error } = await client
        .query(OrderStoryDocument, { orderId }, { requestPolicy: 'network-only' })
        .toPromise();
      if (!isCurrent) return;
      const order = data?.order;
      const story = order ? tellStory(order, Date.now()) : null;
      setTold((before) => ({ story: story ?? before.story, error: error ?? null }));
      const isBehind = order !== null && order !== undefined && order.version < version;
      const isDone = story !== null && !isUnderWay(story) && !isBehind;
      if (isDone || reading >= MOST_READINGS) return;
      const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 1.5 ** reading);
      timer = setTimeout(() => void read(reading + 1), waitMs);
    };
    void read(1);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, orderId, version, asked]);
  return { ...told, readAgain: () => setAsked((before) => before + 1) };
}
