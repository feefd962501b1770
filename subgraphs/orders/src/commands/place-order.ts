import { newEventId } from '@holdfast/messaging';
import type { Logger, Viewer } from '@holdfast/service';
import type { Places } from '../places/places.ts';
import { OverloadedError, type GroupWriter } from './group-writer.ts';
import type { OutboxGauge } from './outbox-gauge.ts';
import { parsePlaceOrder, type PlaceOrderInput } from './place-order-input.ts';
import type { PlaceOrder, PlaceOrderResult } from './place-orders-group.ts';

export interface PlaceOrderParts {
  readonly places: Places;
  readonly writer: GroupWriter<PlaceOrder, PlaceOrderResult>;
  readonly outbox: OutboxGauge;
  readonly log: Logger;
}

/**
 * Records an order as PENDING, with the fact OrderPlaced, and resolves once that is committed; or says what is wrong.
 * Rejects with OverloadedError when too many facts or commands wait. Safe to repeat with the same idempotency key.
 */
export async function placeOrder(
  parts: PlaceOrderParts,
  input: PlaceOrderInput,
  viewer: Viewer,
  traceparent: string | null,
): Promise<PlaceOrderResult> {
  const startedAtMs = performance.now();
  const correlationId = newEventId();
  const parsed = parsePlaceOrder(input, viewer, parts.places);
  const result =
    'problems' in parsed ? parsed : await write(parts, { ...parsed, correlationId, traceparent });
  parts.log.info({
    event: 'place-order',
    ...('order' in result
      ? { orderId: result.order.id, isNew: result.isNew }
      : { refused: result.problems[0]?.code }),
    correlationId,
    ms: Math.round(performance.now() - startedAtMs),
  });
  return result;
}

function write(
  { outbox, writer }: PlaceOrderParts,
  command: Omit<PlaceOrder, 'orderId' | 'eventId' | 'placedAt'>,
): Promise<PlaceOrderResult> {
  if (outbox.isFull()) throw new OverloadedError('Too many facts wait to be published', 2_000);
  return writer.submit({ ...command, orderId: newEventId(), eventId: newEventId(), placedAt: new Date() });
}
