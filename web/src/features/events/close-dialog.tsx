import { useState, type SubmitEvent } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import type { ParkedNode } from './parked-message.tsx';
import type { Service } from './services.ts';
import { useClosing, type Closing, type Outcomes } from './use-closing.ts';

const longestReason = 200;

interface CloseDialogProps {
  readonly service: Service;
  readonly closing: Closing;
  readonly ids: readonly string[];
  readonly nodes: readonly ParkedNode[];
  readonly onOutcomes: (outcomes: Outcomes) => void;
  readonly onDone: () => void;
}

/** Asks once more before messages are closed, and says what became of them. */
export function CloseDialog({ service, closing, ids, nodes, onOutcomes, onDone }: CloseDialogProps) {
  const { done, close } = useClosing(service);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [failed, setFailed] = useState<number | null>(null);
  const what = ids.length === 1 ? (nodes[0]?.eventType ?? 'this message') : `${ids.length} messages`;
  const isRedrive = closing === 'redrive';

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!isRedrive && reason.trim() === '') return setProblem('Say why, for who looks at it later.');
    const outcomes = await close(closing, ids, reason.trim());
    const stillOpen = [...outcomes.values()].filter((outcome) => outcome !== null).length;
    onOutcomes(outcomes);
    announce(summary(closing, ids.length, stillOpen));
    if (stillOpen === 0) onDone();
    else setFailed(stillOpen);
  };

  if (failed !== null) {
    return (
      <Dialog
        isOpen
        onClose={onDone}
        title={isRedrive ? 'Not all could be handled' : 'Not all were discarded'}
      >
        <p className="mb-4 text-sm" role="alert">
          {summary(closing, ids.length, failed)} Why stands with each message.
        </p>
        <Button onClick={onDone}>Close</Button>
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onClose={() => done === null && onDone()}
      title={`${isRedrive ? 'Redrive' : 'Discard'} ${what}?`}
      description={
        isRedrive
          ? `The ${service.name} service handles it now, as if it had just arrived. What fails again stays parked, with its reason.`
          : 'It will never be handled. It stays on record as closed, with who, when and why.'
      }
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-2">
        {!isRedrive && (
          <TextField
            label="Reason"
            autoFocus
            maxLength={longestReason}
            value={reason}
            onChange={({ target }) => (setReason(target.value), setProblem(null))}
            problem={problem}
          />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onDone} disabled={done !== null}>
            Keep it
          </Button>
          <Button type="submit" look={isRedrive ? 'primary' : 'danger'} isBusy={done !== null}>
            {done !== null && ids.length > 1
              ? `${done} of ${ids.length}`
              : isRedrive
                ? 'Redrive'
                : 'Discard for good'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function summary(closing: Closing, all: number, stillOpen: number): string {
  const verb = closing === 'redrive' ? 'redriven' : 'discarded';
  const closed = `${all - stillOpen} of ${all} ${verb}.`;
  return stillOpen === 0 ? closed : `${closed} ${stillOpen} stay open.`;
}
