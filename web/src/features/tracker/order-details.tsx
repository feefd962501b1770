import type { OrderStatus } from '../../graphql/schema.generated.ts';
import { Liveness } from '../../ui/liveness.tsx';
import { isFinal } from '../../ui/order-status.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ErrorState, errorText, Loading, Skeleton } from '../../ui/states.tsx';
import { destinationName, precisionWords } from '../destination/destination-words.ts';
import { OrderDecision } from './order-decision.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderAllocations, OrderPlaces } from './order-places.tsx';
import { OrderProgress } from './order-progress.tsx';
import { OrderShortages } from './order-shortages.tsx';
import { OrderState } from './order-state.tsx';
import type { TrackedOrder, Tracking } from './use-tracked-order.ts';

/** All that a customer is shown of an order below its title: how it stands, its steps and places, and why there. */
export function OrderDetails({ tracking }: { readonly tracking: Tracking }) {
  const { order, status, steps, error, readAgain } = tracking;
  if (order === null) {
    return error ? (
      <ErrorState what="The order could not be read" error={error} onRetry={readAgain} />
    ) : (
      <Loading what="the order">
        <Skeleton className="h-96 rounded-lg" />
      </Loading>
    );
  }
  const isFreed = order.reservation?.status === 'RELEASED' || order.reservation?.status === 'EXPIRED';
  return (
    <div className="flex flex-col gap-6">
      <section
        aria-label="How the order stands"
        className="grid overflow-clip rounded-lg border border-line bg-surface md:grid-cols-[minmax(20rem,2fr)_3fr]"
      >
        <div className="flex flex-col gap-6 p-4 sm:p-6">
          <OrderState tracking={tracking} />
          <OrderProgress steps={steps} />
          <p className="mt-auto flex min-h-4 flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
            {status !== null && isFinal(status) ? <span>This is final.</span> : <Liveness />}
            {error && <span role="status">{errorText(error)} What is missing is asked for again.</span>}
          </p>
        </div>
        <div className="flex flex-col">
          <OrderPlaces order={order} className="h-72 md:h-[26rem]" />
          <p className="border-t border-line px-4 py-3 text-sm text-muted">
            To <span className="text-ink">{destinationName(order.destination)}</span>,{' '}
            {precisionWords[order.destination.precision]}
          </p>
        </div>
      </section>
      {/* What comes later stands beside or below what is there, and moves nothing. */}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="flex flex-col gap-6">
          <Panel title="What was ordered">
            <OrderLines order={order} />
          </Panel>
          {order.reservation && (
            <Panel title={isFreed ? 'Where its stock was tied' : 'Where its stock is tied'}>
              <OrderAllocations order={order} />
            </Panel>
          )}
        </div>
        {order.rejection && (
          <Panel title="What was short">
            <OrderShortages order={order} />
          </Panel>
        )}
        {(order.reservation || hasReservation(status)) && (
          <Panel title="Why these facilities">
            {order.reservation ? (
              <OrderDecision order={order} />
            ) : (
              <p className="text-sm text-muted">
                {status === 'PENDING'
                  ? 'The facilities are being chosen. They appear here at once.'
                  : 'The facilities cannot be read just now. They are asked for again by themselves.'}
              </p>
            )}
          </Panel>
        )}
      </div>
    </div>
  );
}

export const orderTitle = (order: TrackedOrder | null): string =>
  order?.reference ? `Order ${order.reference}` : 'Order';

/** Whether an order in this state has stock tied to it, or is about to. */
const hasReservation = (status: OrderStatus | null): boolean =>
  status !== null && status !== 'REJECTED' && status !== 'CANCELLED';
