import { useState, type SubmitEvent } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { errorText } from '../../ui/states.tsx';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { CancelOrderDocument } from './cancel-order.generated.ts';
import type { Tracking } from './use-tracked-order.ts';

/** The longest reason that the API takes. */
const LONGEST_REASON = 200;

/** A button that cancels the order, asked once more; there while the order may be cancelled. */
export function CancelOrder({ tracking }: { readonly tracking: Tracking }) {
  const [isOpen, setIsOpen] = useState(false);
  const { status } = tracking;
  const isAllowed = status === 'PENDING' || status === 'RESERVED';
  return (
    <>
      {isAllowed && <Button onClick={() => setIsOpen(true)}>Cancel order …</Button>}
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} title="Cancel this order?">
        <Confirmation tracking={tracking} isAllowed={isAllowed} onDone={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}

interface ConfirmationProps {
  readonly tracking: Tracking;
  readonly isAllowed: boolean;
  readonly onDone: () => void;
}

function Confirmation({ tracking, isAllowed, onDone }: ConfirmationProps) {
  const client = useUncachedClient();
  const [reason, setReason] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<{ readonly text: string; readonly isOfReason: boolean } | null>(
    null,
  );

  const cancel = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { order } = tracking;
    if (order === null) return;
    setIsBusy(true);
    setProblem(null);
    const input = { orderId: order.id, reason: reason.trim() || null };
    const { data, error } = await client.mutation(CancelOrderDocument, { input }).toPromise();
    setIsBusy(false);
    if (data?.cancelOrder.order) tracking.adopt(data.cancelOrder.order);
    const [first] = data?.cancelOrder.problems ?? [];
    if (first) return setProblem({ text: first.message, isOfReason: first.path?.[0] === 'reason' });
    if (error && !data) {
      return setProblem({ text: `${errorText(error)} Cancelling again is safe.`, isOfReason: false });
    }
    onDone();
    document.getElementById('content')?.focus({ preventScroll: true });
  };

  return (
    <form onSubmit={(event) => void cancel(event)} className="flex flex-col gap-4">
      <p className="text-sm text-muted">
        Its stock becomes free for others. This cannot be undone, but the same can be ordered again.
      </p>
      <TextField
        label="Reason"
        hint="Optional."
        maxLength={LONGEST_REASON}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        problem={problem?.isOfReason ? problem.text : null}
      />
      <p role="alert" className="text-sm text-rejected empty:hidden">
        {problem && !problem.isOfReason
          ? problem.text
          : !isAllowed && !isBusy && 'Meanwhile it went on, and it can no longer be cancelled.'}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onDone}>Keep the order</Button>
        <Button type="submit" look="danger" isBusy={isBusy} disabled={!isAllowed}>
          Cancel the order
        </Button>
      </div>
    </form>
  );
}
