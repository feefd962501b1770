import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import type { ParkedState } from '../../graphql/schema.generated.ts';
import { usePolled } from '../../graphql/use-polled.ts';
import { Button } from '../../ui/button.tsx';
import { Freshness } from '../../ui/freshness.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, errorText, Loading, Skeleton } from '../../ui/states.tsx';
import { CloseDialog } from './close-dialog.tsx';
import type { Closing, Outcomes } from './use-closing.ts';
import { ParkedMessage, type ParkedNode } from './parked-message.tsx';
import type { Service } from './services.ts';

const READ_EVERY_MS = 4_000;

interface ParkedMessagesProps {
  readonly service: Service;
  readonly state: ParkedState;
}

/** What one service has parked, 50 at a time, and what a person can do about it. */
export function ParkedMessages({ service, state }: ParkedMessagesProps) {
  const [after, setAfter] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [outcomes, setOutcomes] = useState<Outcomes>(new Map());
  const [asking, setAsking] = useState<{ closing: Closing; ids: readonly string[] } | null>(null);
  const polled = usePolled(service.parked, { state, after }, READ_EVERY_MS);
  const { data, error, readAt, everyMs, readAgain } = polled;
  const page = data?.messaging?.parked ?? null;
  const nodes = page?.edges.map(({ node }) => node) ?? [];
  const chosenIds = nodes.flatMap(({ id }) => (chosen.has(id) ? [id] : []));
  const isOpen = state === 'OPEN';

  const choose = (ids: readonly string[], isChosen: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (isChosen) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  const turn = (to: string | null): void => {
    setAfter(to);
    setChosen(new Set());
  };

  return (
    <Panel
      isFlush
      title={`${service.name}: ${isOpen ? 'open, oldest first' : 'closed, latest first'}`}
      aside={<Freshness {...{ readAt, everyMs }} isFailing={error !== null} />}
    >
      {page !== null && error !== null && (
        <p role="alert" className="px-4 pt-3 text-sm text-rejected">
          {errorText(error)}
        </p>
      )}
      {page === null ? (
        error ? (
          <ErrorState what="Its parked messages could not be read" error={error} onRetry={readAgain} />
        ) : (
          <Loading what="parked messages">
            <Skeleton className="m-4 h-32" />
          </Loading>
        )
      ) : nodes.length === 0 && after === null ? (
        <EmptyState icon={MailCheck} title={isOpen ? 'Nothing is parked' : 'Nothing was closed yet'}>
          {isOpen ? 'Every message could be handled.' : 'Redriven and discarded messages will stand here.'}
        </EmptyState>
      ) : (
        <>
          {isOpen && (
            <div className="flex min-h-14 flex-wrap items-center gap-2 border-b border-line px-4 py-2 text-sm">
              <label className="mr-auto flex min-h-8 items-center gap-3">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={chosenIds.length > 0 && chosenIds.length === nodes.length}
                  onChange={({ target }) =>
                    choose(
                      nodes.map(({ id }) => id),
                      target.checked,
                    )
                  }
                />
                {chosenIds.length === 0 ? 'Choose all that are shown' : `${chosenIds.length} chosen`}
              </label>
              <Button
                size="sm"
                disabled={chosenIds.length === 0}
                onClick={() => setAsking({ closing: 'redrive', ids: chosenIds })}
              >
                Redrive chosen
              </Button>
              <Button
                size="sm"
                disabled={chosenIds.length === 0}
                onClick={() => setAsking({ closing: 'discard', ids: chosenIds })}
              >
                Discard chosen
              </Button>
            </div>
          )}
          <ul className="divide-y divide-line">
            {page.edges.map(({ node }, place) => (
              <ParkedMessage
                key={node.id}
                {...{ service, state, node }}
                before={page.edges[place - 1]?.cursor ?? after}
                outcome={outcomes.get(node.id) ?? null}
                isChosen={chosen.has(node.id)}
                onChoose={(isChosen) => choose([node.id], isChosen)}
                onClose={(closing) => setAsking({ closing, ids: [node.id] })}
              />
            ))}
          </ul>
          {(after !== null || page.pageInfo.hasNextPage) && (
            <div className="flex min-h-14 items-center justify-center gap-2 border-t border-line px-4 py-2">
              <Button size="sm" disabled={after === null} onClick={() => turn(null)}>
                First 50
              </Button>
              <Button
                size="sm"
                disabled={!page.pageInfo.hasNextPage}
                onClick={() => turn(page.pageInfo.endCursor)}
              >
                Next 50
              </Button>
            </div>
          )}
        </>
      )}
      {asking !== null && (
        <CloseDialog
          {...{ service, ...asking }}
          nodes={nodes.filter(({ id }: ParkedNode) => asking.ids.includes(id))}
          onOutcomes={(found) => {
            setOutcomes((known) => new Map([...known, ...found]));
            readAgain();
          }}
          onDone={() => {
            setAsking(null);
            setChosen(new Set());
          }}
        />
      )}
    </Panel>
  );
}
