import type { HistoryWriter } from './history-writer.ts';
import type { LiveLink } from './live-link.ts';

const query = 'subscription { orderChanges { eventId version to order { id } } }';
const retryMs = 500;

/** The operator's subscription of all orders, asked for again after every loss. Returns how to end it. */
export function watchAllOrders(client: string, link: LiveLink, history: HistoryWriter): () => void {
  let isOver = false;
  let retry: NodeJS.Timeout | undefined;
  let leave: () => void = () => undefined;
  const again = (): void => {
    if (!isOver) retry = setTimeout(subscribe, retryMs);
  };
  function subscribe(): void {
    leave = link.subscribe(
      query,
      {},
      {
        next: (data) => {
          const { eventId, version, to, order } = (data as { orderChanges: Change }).orderChanges;
          if (order === null) return;
          const line = { client, orderId: order.id, version, status: to, eventId };
          history.write({ kind: 'event', scope: 'all', ...line });
        },
        lost: again,
        completed: again,
      },
    );
  }
  subscribe();
  return () => {
    isOver = true;
    clearTimeout(retry);
    leave();
  };
}

interface Change {
  readonly eventId: string;
  readonly version: number;
  readonly to: string;
  readonly order: { readonly id: string } | null;
}
