import { useState } from 'react';
import type { ParkedState } from '../../graphql/schema.generated.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copyable.tsx';
import { Instant } from '../../ui/figures.tsx';
import { ParkedContent } from './parked-content.tsx';
import type { ParkedPageFragment } from './parked.generated.ts';
import type { Service } from './services.ts';
import type { Closing } from './use-closing.ts';

export type ParkedNode = ParkedPageFragment['edges'][number]['node'];

interface ParkedMessageProps {
  readonly service: Service;
  readonly state: ParkedState;
  readonly node: ParkedNode;
  /** The cursor that it follows. */
  readonly before: string | null;
  /** What became of the last try to close it. */
  readonly outcome: string | null;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onClose: (closing: Closing) => void;
}

/** One parked message: why it lies there, where it came from, and on demand what it holds. */
export function ParkedMessage(props: ParkedMessageProps) {
  const { service, state, node, before, outcome, isChosen, onChoose, onClose } = props;
  const [isOpened, setIsOpened] = useState(false);
  const isOpen = state === 'OPEN';
  return (
    <li className="flex gap-3 px-4 py-4">
      {isOpen && (
        <label className="-m-2 self-start p-2.5">
          <span className="sr-only">Choose {node.eventType}</span>
          <input
            type="checkbox"
            className="block size-4 accent-accent"
            checked={isChosen}
            onChange={({ target }) => onChoose(target.checked)}
          />
        </label>
      )}
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1 basis-64">
            <p className="font-medium break-words">{node.eventType}</p>
            <p className="mt-1 text-sm break-words text-rejected">{node.reason}</p>
          </div>
          {isOpen ? (
            <div className="flex gap-2">
              <Button size="sm" onClick={() => onClose('redrive')}>
                Redrive
              </Button>
              <Button size="sm" onClick={() => onClose('discard')}>
                Discard
              </Button>
            </div>
          ) : (
            <ClosedNote node={node} />
          )}
        </div>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
          <span>
            Parked <Instant at={node.parkedAt} /> by <span className="font-mono">{node.consumer}</span>
          </span>
          <span>
            {node.attempts === 0
              ? 'unreadable, so never tried'
              : `${node.attempts} ${node.attempts === 1 ? 'attempt' : 'attempts'}`}
          </span>
          <span className="font-mono break-all">{node.subject}</span>
          <span className="whitespace-nowrap">
            {node.stream} <span className="font-mono">#{node.streamSequence}</span>
          </span>
          {node.eventId !== null && (
            <span className="inline-flex items-center gap-1 font-mono break-all">
              {node.eventId}
              <CopyButton text={node.eventId} label="Copy the event's id" />
            </span>
          )}
        </p>
        {outcome !== null && (
          <p
            role="alert"
            className="mt-2 rounded-md bg-rejected-soft px-3 py-2 text-sm break-words text-rejected"
          >
            {outcome}
          </p>
        )}
        <details className="mt-2 text-sm" onToggle={({ currentTarget }) => setIsOpened(currentTarget.open)}>
          <summary className="w-fit rounded-sm py-1.5 text-accent">Payload and headers</summary>
          {isOpened && <ParkedContent {...{ service, state, before }} id={node.id} />}
        </details>
      </div>
    </li>
  );
}

const ClosedNote = ({
  node: { closedAs, closedAt, closedBy, closedReason },
}: {
  readonly node: ParkedNode;
}) => (
  <p className="max-w-96 text-sm break-words">
    <span className="font-medium">{closedAs === 'REDRIVEN' ? 'Redriven' : 'Discarded'}</span> by{' '}
    {closedBy ?? 'somebody'}
    {closedAt !== null && (
      <>
        , <Instant at={closedAt} />
      </>
    )}
    {closedReason !== null && <span className="block text-muted">{closedReason}</span>}
  </p>
);
