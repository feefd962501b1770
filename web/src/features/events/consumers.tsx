import { useState } from 'react';
import { formatCount, Instant } from '../../ui/figures.tsx';
import type { MessagingStateFragment } from './messaging.generated.ts';
import { keptReadings, withReading, type Readings } from './readings.ts';
import { Sparkline } from './sparkline.tsx';

type Consumer = MessagingStateFragment['consumers'][number];

interface ConsumersProps {
  readonly consumers: readonly Consumer[];
  readonly readAt: number;
}

/** Who reads what the other service stated, and how far behind it is. */
export function Consumers({ consumers, readAt }: ConsumersProps) {
  if (consumers.length === 0) {
    return (
      <p className="mt-6 text-sm text-muted">Its consumers cannot be asked while NATS does not answer.</p>
    );
  }
  return (
    <table className="mt-6 w-full table-fixed text-left text-sm">
      <caption className="sr-only">Consumers</caption>
      <thead className="text-xs text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-2 font-medium">
            Consumer
          </th>
          <th scope="col" className="hidden w-24 py-2 xl:table-cell">
            <span className="sr-only">Waiting over two minutes</span>
          </th>
          <th scope="col" className="w-16 py-2 text-right font-medium">
            Waiting
          </th>
          <th scope="col" className="w-20 py-2 text-right font-medium">
            In progress
          </th>
          <th scope="col" className="hidden w-24 py-2 text-right font-medium sm:table-cell">
            Redelivered
          </th>
        </tr>
      </thead>
      <tbody>
        {consumers.map((consumer) => (
          <ConsumerRow key={consumer.name} consumer={consumer} readAt={readAt} />
        ))}
      </tbody>
    </table>
  );
}

function ConsumerRow({ consumer, readAt }: { readonly consumer: Consumer; readonly readAt: number }) {
  const { name, stream, pending, inProgress, redelivered, pausedUntil } = consumer;
  const [kept, setKept] = useState<{ readAt: number; pending: Readings }>({ readAt: 0, pending: [] });
  if (kept.readAt !== readAt) setKept({ readAt, pending: withReading(kept.pending, pending, keptReadings) });
  return (
    <tr>
      <td className="py-2 pr-2">
        <span className="block truncate font-mono text-xs" title={name}>
          {name}
        </span>
        <span className="block truncate text-xs text-muted">
          {pausedUntil === null ? (
            `reads ${stream}`
          ) : (
            <span className="text-pending">
              held until <Instant at={pausedUntil} look="time" />
            </span>
          )}
        </span>
      </td>
      <td className="hidden xl:table-cell">
        <Sparkline readings={kept.pending} most={keptReadings} />
      </td>
      <td className="py-2 text-right">{formatCount(pending)}</td>
      <td className="py-2 text-right">{formatCount(inProgress)}</td>
      <td className="hidden py-2 text-right sm:table-cell">{formatCount(redelivered)}</td>
    </tr>
  );
}
