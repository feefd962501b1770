import type { ReactNode } from 'react';
import { CopyButton } from '../../ui/copyable.tsx';
import { Instant } from '../../ui/figures.tsx';
import type { StoryFact } from './story.ts';

/** All that is known of a fact, on demand: its ids, where it stands on its stream, and the bytes that travel. */
export function FactDetails({ told, cause }: { readonly told: StoryFact; readonly cause: string | null }) {
  const { fact, publishedAt, streamSequence } = told;
  const { handling } = fact;
  return (
    <details className="mt-1 text-sm">
      <summary className="inline-flex min-h-8 items-center text-xs text-accent hover:underline">
        Ids, stream and data
      </summary>
      <dl className="mt-1 grid gap-x-4 gap-y-1 text-xs sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Entry name="Event">
          <Id id={fact.id} />
        </Entry>
        <Entry name="Caused by">
          {fact.causationId === null ? (
            'A client’s command'
          ) : (
            <>
              {cause} <Id id={fact.causationId} />
            </>
          )}
        </Entry>
        <Entry name="Correlation">
          <Id id={fact.correlationId} />
        </Entry>
        <Entry name="Stream">
          {fact.stream} {streamSequence ?? '(its number is not known any more, or not yet)'}
        </Entry>
        <Entry name="Subject">
          <span className="font-mono break-all">{fact.subject}</span>
        </Entry>
        <Entry name="Version">
          {fact.version}, of {told.service === 'orders' ? 'the order' : 'the reservation'}
        </Entry>
        <Entry name="Stated">
          <Instant at={fact.occurredAt} look="exact" />
        </Entry>
        <Entry name="Published">
          {publishedAt === null ? (
            fact.isPublished ? (
              'yes'
            ) : (
              'not yet'
            )
          ) : (
            <Instant at={publishedAt} look="exact" />
          )}
        </Entry>
        {handling !== null && (
          <Entry name="Handled">
            <Instant at={handling.handledAt} look="exact" /> by {handling.consumer}
          </Entry>
        )}
      </dl>
      <pre className="mt-2 rounded-md bg-sunken p-3 font-mono text-xs break-words whitespace-pre-wrap">
        {formatted(fact.data)}
      </pre>
    </details>
  );
}

const Entry = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="contents">
    <dt className="flex min-h-6 items-center text-muted">{name}</dt>
    <dd className="flex min-h-6 min-w-0 flex-wrap items-center gap-x-2">{children}</dd>
  </div>
);

const Id = ({ id }: { readonly id: string }) => (
  <span className="inline-flex min-w-0 items-center gap-1">
    <span className="font-mono break-all">{id}</span>
    <CopyButton text={id} label={`Copy ${id}`} />
  </span>
);

/** What travels is JSON; should it ever not be, it is shown as it is. */
function formatted(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data), null, 2);
  } catch {
    return data;
  }
}
