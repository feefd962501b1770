import { useState } from 'react';
import { usePolled } from '../../graphql/use-polled.ts';
import { Age, formatCount, Instant, useNow } from '../../ui/figures.tsx';
import { Freshness } from '../../ui/freshness.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ErrorState, errorText, Loading, Skeleton } from '../../ui/states.tsx';
import { Consumers } from './consumers.tsx';
import type { MessagingStateFragment } from './messaging.generated.ts';
import { keptReadings, withReading, type Readings } from './readings.ts';
import type { Service } from './services.ts';
import { Sparkline } from './sparkline.tsx';

const READ_EVERY_MS = 2_000;

/** How a service's facts travel just now, read again and again. */
export function ServiceState({ service }: { readonly service: Service }) {
  const { data, readAt, error, everyMs, readAgain } = usePolled(service.messaging, {}, READ_EVERY_MS);
  const state = data?.messaging ?? null;
  return (
    <Panel
      title={`${service.name} service`}
      aside={<Freshness {...{ readAt, everyMs }} isFailing={error !== null} />}
    >
      {state !== null && readAt !== null ? (
        <div className={error === null ? '' : 'grayscale'}>
          <State state={state} readAt={readAt} />
        </div>
      ) : error ? (
        <ErrorState what="Its messaging could not be read" error={error} onRetry={readAgain} />
      ) : (
        <Loading what={`the ${service.name} service`}>
          <Skeleton className="h-72" />
        </Loading>
      )}
      <p className="min-h-4 text-xs text-rejected">{state !== null && error !== null && errorText(error)}</p>
    </Panel>
  );
}

interface StateProps {
  readonly state: MessagingStateFragment;
  readonly readAt: number;
}

function State({ state, readAt }: StateProps) {
  const { outboxRows, outboxOldestAt, isNatsConnected, relay, consumers } = state;
  const [kept, setKept] = useState<{ readAt: number; outbox: Readings }>({ readAt: 0, outbox: [] });
  if (kept.readAt !== readAt) setKept({ readAt, outbox: withReading(kept.outbox, outboxRows, keptReadings) });
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-3">
        <Fact name="Facts not yet published">
          <span className="flex items-end justify-between gap-2">
            <span className="text-xl font-semibold">{formatCount(outboxRows)}</span>
            <Sparkline readings={kept.outbox} most={keptReadings} />
          </span>
          <Note>
            {outboxOldestAt === null ? (
              'None waits'
            ) : (
              <>
                Oldest stated <Age since={outboxOldestAt} /> ago
              </>
            )}
          </Note>
        </Fact>
        <Fact name="NATS">
          <Verdict isGood={isNatsConnected} good="Connected" bad="Not connected" />
          <Note>{isNatsConnected ? 'Facts can travel' : 'Facts wait in the outbox; none is lost'}</Note>
        </Fact>
        <Fact name="Relay" className="col-span-2 sm:col-span-1">
          <RelayVerdict leaseExpiresAt={relay.leaseExpiresAt} readAt={readAt} />
          <Note>
            <span title={relay.owner ?? undefined}>
              Epoch {relay.epoch}, generation {relay.generation}
            </span>
          </Note>
          <Note>
            <span className="block truncate font-mono" title={relay.owner ?? undefined}>
              {relay.owner ?? 'Nobody ever had the lease'}
            </span>
          </Note>
        </Fact>
      </dl>
      <Consumers consumers={consumers} readAt={readAt} />
    </>
  );
}

/** The lease as it stood when it was read: a reading that is late says nothing about now. */
function RelayVerdict({
  leaseExpiresAt,
  readAt,
}: {
  readonly leaseExpiresAt: string | null;
  readonly readAt: number;
}) {
  useNow();
  const isHeld = leaseExpiresAt !== null && new Date(leaseExpiresAt).getTime() > readAt;
  return (
    <>
      <Verdict isGood={isHeld} good="Working" bad="None works" />
      <Note>
        {leaseExpiresAt === null ? (
          'There was no lease yet'
        ) : (
          <>
            Lease {isHeld ? 'to' : 'ended'} <Instant at={leaseExpiresAt} look="time" />
          </>
        )}
      </Note>
    </>
  );
}

function Fact({
  name,
  className,
  children,
}: {
  readonly name: string;
  readonly className?: string;
  readonly children: React.ReactNode;
}) {
  return (
    <div className={`min-w-0 ${className ?? ''}`}>
      <dt className="mb-1 text-xs text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const Note = ({ children }: { readonly children: React.ReactNode }) => (
  <span className="block min-h-4 truncate text-xs text-muted">{children}</span>
);

const Verdict = ({
  isGood,
  good,
  bad,
}: {
  readonly isGood: boolean;
  readonly good: string;
  readonly bad: string;
}) => (
  <span className="flex h-9 items-center gap-2 font-medium whitespace-nowrap">
    <span
      aria-hidden
      className={`size-2 rounded-full ${isGood ? 'bg-reserved' : 'animate-breathe bg-rejected'}`}
    />
    {isGood ? good : bad}
  </span>
);
