import { useState } from 'react';
import type { Client, CombinedError } from 'urql';
import { Button } from '../../ui/button.tsx';
import { errorText } from '../../ui/states.tsx';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { useViewer } from '../viewer/viewer-gate.tsx';
import { ConfirmOrderDocument, DeliverOrderDocument, ShipOrderDocument } from './advance-order.generated.ts';
import { nextAdvance, type Advance } from './advance-order.ts';
import { CancelOrder } from './cancel-order.tsx';
import type { TrackedOrder, Tracking } from './use-tracked-order.ts';

const words: Readonly<Record<Advance, string>> = {
  CONFIRM: 'Confirm order',
  SHIP: 'Ship order',
  DELIVER: 'Mark delivered',
};

/** What its viewer may do with an order now: the next step, and to cancel it. */
export function OrderActions({ tracking }: { readonly tracking: Tracking }) {
  const { isOperator } = useViewer();
  const { order, status, version } = tracking;
  const reservation = order?.reservation;
  // A reading from before the reservation does not say whether the stock is held for a time.
  const isRead = status !== 'RESERVED' || reservation?.status === 'HELD';
  const advance = isRead ? nextAdvance(status, Boolean(reservation?.expiresAt), isOperator) : null;
  return (
    <>
      {order !== null && advance !== null && (
        <AdvanceOrder
          key={`${advance} ${version}`}
          advance={advance}
          orderId={order.id}
          tracking={tracking}
        />
      )}
      <CancelOrder tracking={tracking} />
    </>
  );
}

interface AdvanceOrderProps {
  readonly advance: Advance;
  readonly orderId: string;
  readonly tracking: Tracking;
}

/** Busy from the click until the order has moved on, which its next version tells. */
function AdvanceOrder({ advance, orderId, tracking }: AdvanceOrderProps) {
  const client = useUncachedClient();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const act = async (): Promise<void> => {
    setIsBusy(true);
    setProblem(null);
    const { order, problem, error } = await ask(client, advance, orderId);
    if (order) tracking.adopt(order);
    if (problem === undefined && error === undefined) return;
    setIsBusy(false);
    setProblem(problem ?? `${errorText(error!)} Trying again is safe.`);
    tracking.readAgain();
  };

  return (
    <>
      <Button look="primary" isBusy={isBusy} onClick={() => void act()}>
        {words[advance]}
      </Button>
      <p role="alert" className="basis-full text-sm text-rejected empty:hidden">
        {problem}
      </p>
    </>
  );
}

interface Outcome {
  readonly order?: TrackedOrder | null | undefined;
  readonly problem?: string | undefined;
  readonly error?: CombinedError | undefined;
}

async function ask(client: Client, advance: Advance, orderId: string): Promise<Outcome> {
  switch (advance) {
    case 'CONFIRM': {
      const { data, error } = await client.mutation(ConfirmOrderDocument, { orderId }).toPromise();
      return { problem: data?.confirmOrder.problems[0]?.message, error };
    }
    case 'SHIP': {
      const { data, error } = await client.mutation(ShipOrderDocument, { orderId }).toPromise();
      return { order: data?.shipOrder.order, problem: data?.shipOrder.problems[0]?.message, error };
    }
    case 'DELIVER': {
      const { data, error } = await client.mutation(DeliverOrderDocument, { orderId }).toPromise();
      return { order: data?.deliverOrder.order, problem: data?.deliverOrder.problems[0]?.message, error };
    }
  }
}
