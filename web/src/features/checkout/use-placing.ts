import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { PlaceOrderInput } from '../../graphql/schema.generated.ts';
import { clearPlaced } from '../cart/cart.ts';
import { forgetReference } from './order-draft.ts';
import { PlaceOrderDocument } from './place-order.generated.ts';
import { verdictOn, type PlacingAnswer, type Verdict } from './placing.ts';

/** An answer that has not come by now is taken for lost; the key makes it safe to ask again. */
const ANSWER_WITHIN_MS = 15_000;

type Settled = Exclude<Verdict, { readonly kind: 'placed' | 'again' }>;

export type Placing =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending' }
  | (Extract<Verdict, { readonly kind: 'again' }> & { readonly attempt: number; readonly until: number })
  /** How sending the order of this key ended. */
  | (Settled & { readonly key: string });

export interface Placer {
  readonly placing: Placing;
  /** Sends an order, and again while no answer comes; does nothing while one is on its way. */
  readonly place: (input: PlaceOrderInput) => void;
  readonly reset: () => void;
}

/**
 * Places an order, tells which one it became (the same one however often it is sent under its key), and empties the cart
 * once the page that shows the order is there.
 */
export function usePlacing(onPlaced: (orderId: string) => Promise<void>): Placer {
  const client = useClient();
  const [placing, setPlacing] = useState<Placing>({ kind: 'idle' });
  const isBusy = useRef(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => void (isShown.current = false);
  }, []);

  const place = async (input: PlaceOrderInput): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    const key = input.idempotencyKey;
    for (let attempt = 1; isShown.current; attempt++) {
      setPlacing({ kind: 'sending' });
      const asked = client.mutation(PlaceOrderDocument, { input }).toPromise();
      const verdict = verdictOn(await within(asked, ANSWER_WITHIN_MS), attempt);
      if (verdict.kind === 'placed') {
        if (isShown.current) await onPlaced(verdict.orderId);
        clearPlaced(key);
        forgetReference();
        break;
      }
      if (verdict.kind !== 'again') {
        setPlacing({ ...verdict, key });
        break;
      }
      setPlacing({ ...verdict, attempt, until: Date.now() + verdict.waitMs });
      await new Promise((resolve) => setTimeout(resolve, verdict.waitMs));
    }
    isBusy.current = false;
  };
  return {
    placing,
    place: (input) => void place(input),
    reset: () => {
      if (!isBusy.current) setPlacing({ kind: 'idle' });
    },
  };
}

async function within(asked: Promise<NonNullable<PlacingAnswer>>, ms: number): Promise<PlacingAnswer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  const answer = await Promise.race([asked, late]);
  clearTimeout(timer);
  return answer;
}
