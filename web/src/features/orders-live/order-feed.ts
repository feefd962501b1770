import type { Client } from 'urql';
import { onEnd, pipe, subscribe, type Subscription } from 'wonka';
import { currentConnection, onConnectionChange } from '../../graphql/connection.ts';
import type { OrderChange } from './order-row.ts';
import { LiveOrderChangesDocument } from './orders-live.generated.ts';

const AGAIN_AFTER_MS = 2_000;

export interface FeedListener {
  /** At least once each, in no promised order: compare the version. */
  onChange(change: OrderChange): void;
  /** Changes may have been missed: what is shown has to be read again. */
  onGap?(): void;
}

/** The changes of all orders, from one subscription for all who listen. */
export class OrderFeed {
  readonly #client: Client;
  readonly #listeners = new Set<FeedListener>();

  constructor(client: Client) {
    this.#client = client;
  }

  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Subscribes, for as long as it is not closed by what this returns. */
  open(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running: Subscription | undefined;
    const follow = (): void => {
      const again = (): void => {
        if (running !== started) return;
        running = undefined;
        started.unsubscribe();
        timer = setTimeout(() => (follow(), this.#tellGap()), AGAIN_AFTER_MS);
      };
      const started = pipe(
        this.#client.subscription(LiveOrderChangesDocument, {}),
        onEnd(again),
        subscribe(({ data, error }) => {
          if (data) this.#tell(data.orderChanges);
          else if (error) again();
        }),
      );
      running = started;
    };
    follow();

    let wasLost = false;
    const leave = onConnectionChange(() => {
      const { state } = currentConnection();
      if (state === 'live' && wasLost) this.#tellGap();
      wasLost = state === 'lost' || (wasLost && state !== 'live');
    });
    return () => {
      leave();
      clearTimeout(timer);
      const last = running;
      running = undefined;
      last?.unsubscribe();
    };
  }

  #tell({
    order,
    ...change
  }: { readonly order: { readonly id: string } | null } & Omit<OrderChange, 'id'>): void {
    if (order === null) return this.#tellGap(); // Something changed, and nobody can say of which order.
    for (const listener of this.#listeners) listener.onChange({ ...change, id: order.id });
  }

  #tellGap(): void {
    for (const listener of this.#listeners) listener.onGap?.();
  }
}
