import { Link } from '@tanstack/react-router';
import { Boxes, ReceiptText } from 'lucide-react';
import { Age, formatDuration, Instant } from '../../ui/figures.tsx';
import { FactDetails } from './fact-details.tsx';
import { instantsOf, type StoryFact, type StoryPart } from './story.ts';

interface StoryFactRowProps {
  readonly told: StoryFact;
  readonly part: StoryPart;
  /** The type of the fact that caused it; null for a client's command. */
  readonly cause: string | null;
}

const services = {
  orders: { icon: ReceiptText, look: 'bg-accent-soft text-accent' },
  inventory: { icon: Boxes, look: 'bg-shipping-soft text-shipping' },
} as const;

/** One fact below the one that caused it, with its way to who handles it. */
export function StoryFactRow({ told, part, cause }: StoryFactRowProps) {
  const { service, fact, lines, hasEffects } = told;
  const { icon: Icon, look } = services[service];
  return (
    <li className="flex">
      <Branches lines={lines} />
      <div className="relative min-w-0 flex-1 pb-4">
        {hasEffects && (
          <span aria-hidden className="absolute top-8 bottom-0 left-2 border-l border-control" />
        )}
        <div className="grid items-center gap-x-6 gap-y-2 md:grid-cols-[minmax(0,1fr)_18rem] lg:grid-cols-[minmax(0,1fr)_28rem]">
          <p className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
            <span
              className={`inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium ${look}`}
            >
              <Icon aria-hidden size={12} />
              {service}
            </span>
            <span className="font-medium">{fact.type}</span>
            <span className="sr-only">{cause === null ? ', of a command' : `, caused by ${cause}`}</span>
          </p>
          <Waterfall told={told} part={part} />
        </div>
        <div className="pl-5 sm:pl-7">
          <Way told={told} />
          <FactDetails told={told} cause={cause} />
        </div>
      </div>
    </li>
  );
}

/** The lines from a cause down to what it caused. */
const Branches = ({ lines }: { readonly lines: readonly boolean[] }) => (
  <div aria-hidden className="flex shrink-0">
    {lines.map((goesOn, level) => {
      const isOwn = level === lines.length - 1;
      return (
        <span key={level} className="relative w-5 sm:w-7">
          {(goesOn || isOwn) && (
            <span
              className={`absolute top-0 left-2 border-l border-control ${goesOn ? 'bottom-0' : 'h-4'}`}
            />
          )}
          {isOwn && <span className="absolute top-4 right-1 left-2 border-t border-control" />}
        </span>
      );
    })}
  </div>
);

/** The fact's time within that of its part of the story. */
function Waterfall({ told, part: { startMs, spanMs } }: Omit<StoryFactRowProps, 'cause'>) {
  const place = (ms: number): number => Math.max(0, Math.min(100, ((ms - startMs) / spanMs) * 100));
  const [stated = startMs, published, handled] = instantsOf(told);
  const end = handled ?? published ?? stated;
  return (
    <div aria-hidden className="relative h-2 rounded-full bg-sunken">
      <span
        className="absolute h-2 rounded-full bg-control"
        style={{ left: `${place(stated)}%`, width: `max(4px, ${place(end) - place(stated)}%)` }}
      />
      {published !== undefined && handled !== undefined && (
        <span
          className="absolute h-2 rounded-full bg-accent"
          style={{ left: `${place(published)}%`, width: `max(4px, ${place(handled) - place(published)}%)` }}
        />
      )}
    </div>
  );
}

function Way({ told }: { readonly told: StoryFact }) {
  const { fact, publishedAt, streamSequence } = told;
  const published = publishedAt === null ? null : Date.parse(publishedAt);
  const stated = Date.parse(fact.occurredAt);
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-muted">
      <span>
        Stated <Instant at={fact.occurredAt} look="exact" />
      </span>
      {published !== null && (
        <span>
          → published after <Milliseconds of={published - stated} />
          {streamSequence !== null && ` as ${fact.stream} ${streamSequence}`}
        </span>
      )}
      {published === null && fact.isPublished && fact.handling === null && (
        <span>→ published; when is kept for 15 minutes</span>
      )}
      <span>
        → <Progress told={told} published={published} />
      </span>
    </p>
  );
}

function Progress({ told, published }: { readonly told: StoryFact; readonly published: number | null }) {
  const { fact, progress } = told;
  switch (progress) {
    case 'handled': {
      const { consumer, handledAt, deliveries } = fact.handling!;
      const since = published ?? Date.parse(fact.occurredAt);
      return (
        <>
          handled by <span className="text-ink">{consumer}</span> after{' '}
          <Milliseconds of={Date.parse(handledAt) - since} />
          {deliveries === null
            ? ', redriven by a person'
            : deliveries === 1
              ? ', delivered once'
              : `, delivered ${deliveries} times`}
        </>
      );
    }
    case 'unpublished':
      return <span className="text-pending">not published yet</span>;
    case 'unhandled':
      return (
        <span className="text-pending">
          not handled yet, for <Age since={fact.occurredAt} />. It waits, or is{' '}
          <Link to="/console/events" className="text-accent underline">
            parked
          </Link>
        </span>
      );
    case 'unwanted':
      return <>nothing waits for it</>;
    case 'forgotten':
      return <>handled or not: that is remembered for 21 days</>;
  }
}

const Milliseconds = ({ of: milliseconds }: { readonly of: number }) => (
  <span className="text-ink">{formatDuration(milliseconds)}</span>
);
