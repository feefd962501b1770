import { useState } from 'react';
import { formatCount, Instant } from '../../ui/figures.tsx';
import { Cell, Column, Columns, Table } from '../../ui/table.tsx';
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
    <Table caption="Consumers" isTight className="mt-6">
      <Columns>
        <Column>Consumer</Column>
        <Column from="xl" isSpoken className="w-24">
          Waiting over two minutes
        </Column>
        <Column isNumber className="w-16">
          Waiting
        </Column>
        <Column isNumber className="w-20">
          In progress
        </Column>
        <Column from="sm" isNumber className="w-24">
          Redelivered
        </Column>
      </Columns>
      <tbody>
        {consumers.map((consumer) => (
          <ConsumerRow key={consumer.name} consumer={consumer} readAt={readAt} />
        ))}
      </tbody>
    </Table>
  );
}

function ConsumerRow({ consumer, readAt }: { readonly consumer: Consumer; readonly readAt: number }) {
  const { name, stream, pending, inProgress, redelivered, pausedUntil } = consumer;
  const [kept, setKept] = useState<{ readAt: number; pending: Readings }>({ readAt: 0, pending: [] });
  if (kept.readAt !== readAt) setKept({ readAt, pending: withReading(kept.pending, pending, keptReadings) });
  return (
    <tr>
      <Cell className="pr-2">
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
      </Cell>
      <Cell from="xl">
        <Sparkline readings={kept.pending} most={keptReadings} />
      </Cell>
      <Cell isNumber>{formatCount(pending)}</Cell>
      <Cell isNumber>{formatCount(inProgress)}</Cell>
      <Cell from="sm" isNumber>
        {formatCount(redelivered)}
      </Cell>
    </tr>
  );
}
