import { BookOpen } from 'lucide-react';
import { formatDuration, Instant } from '../../ui/figures.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, errorText, Loading, Skeleton } from '../../ui/states.tsx';
import { CopyCurl } from './copy-curl.tsx';
import { partsOf, type Story } from './story.ts';
import { StoryFactRow } from './story-fact-row.tsx';
import { useOrderStory } from './use-order-story.ts';

/** What both services have stated about an order: what caused what, and when each fact was published and handled. */
export function StoryPanel({ orderId, version }: { readonly orderId: string; readonly version: number }) {
  const { story, error, readAgain } = useOrderStory(orderId, version);
  return (
    <Panel title="Its story across both services" aside={<CopyCurl orderId={orderId} />}>
      {story !== null ? (
        <>
          <Missing story={story} why={error ? errorText(error) : null} />
          <Parts story={story} />
        </>
      ) : error ? (
        <ErrorState what="The facts could not be read" error={error} onRetry={readAgain} />
      ) : (
        <Loading what="the story">
          <Skeleton className="h-64" />
        </Loading>
      )}
    </Panel>
  );
}

function Parts({ story }: { readonly story: Story }) {
  if (story.facts.length === 0) {
    return (
      <EmptyState icon={BookOpen} title="Nothing is told of this order">
        Neither service has stated a fact about it.
      </EmptyState>
    );
  }
  const types = new Map(story.facts.map(({ fact }) => [fact.id, fact.type]));
  return (
    <div className="flex flex-col gap-8">
      {partsOf(story).map((part) => (
        <section key={part.facts[0]!.fact.id} aria-label={`What ${part.facts[0]!.fact.type} set off`}>
          <header className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 text-xs text-muted">
            <span>
              Begun <Instant at={part.facts[0]!.fact.occurredAt} /> · {formatDuration(part.spanMs)} from first
              to last
            </span>
            <Legend />
          </header>
          <ol>
            {part.facts.map((told) => (
              <StoryFactRow
                key={told.fact.id}
                told={told}
                part={part}
                cause={
                  told.fact.causationId === null ? null : (types.get(told.fact.causationId) ?? 'another fact')
                }
              />
            ))}
          </ol>
        </section>
      ))}
      <p className="text-xs text-muted">
        Each server tells its own time: the database of the service that states, the stream, the database of
        the service that handles.
      </p>
    </div>
  );
}

const Legend = () => (
  <span className="flex gap-4">
    <span className="flex items-center gap-2">
      <span aria-hidden className="h-2 w-4 rounded-full bg-control" />
      stated to published
    </span>
    <span className="flex items-center gap-2">
      <span aria-hidden className="h-2 w-4 rounded-full bg-accent" />
      published to handled
    </span>
  </span>
);

const Missing = ({ story, why }: { readonly story: Story; readonly why: string | null }) =>
  story.missing.length === 0 ? null : (
    <p role="status" className="mb-4 rounded-md bg-pending-soft px-4 py-2 text-sm text-pending">
      What {story.missing.join(' and ')} stated is missing here. {why} It is asked for again.
    </p>
  );
