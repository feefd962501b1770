import type { Client } from 'graphql-ws';

/** One order and the versions that a watcher of it has seen. */
export interface WatchedOrder {
  readonly orderId: string;
  /** As they came: 1, 2, 3 without gap or repeat when all is well. */
  readonly versions: readonly number[];
  /** Resolves with the version that was asked for; rejects when the subscription ends in errors first. */
  reached(version: number): Promise<void>;
  stop(): void;
}

const WATCH = `subscription ($orderId: ID!, $after: Int!) {
  orderStatusChanged(orderId: $orderId, after: $after) { version to }
}`;
type Change = { readonly orderStatusChanged: { readonly version: number; readonly to: string } };

/**
 * Watches an order from its beginning. The client opens lost sockets again and subscribes anew; the variables are those of the
 * payload at that time, so the new subscription goes on after the last version that was seen.
 */
export function watchOrder(client: Client, orderId: string): WatchedOrder {
  const versions: number[] = [];
  const variables = { orderId, after: 0 };
  const waiting: {
    readonly version: number;
    readonly resolve: () => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  let failure: Error | null = null;
  const fail = (error: Error) => {
    failure = error;
    for (const { reject } of waiting) reject(error);
  };
  const stop = client.subscribe<Change>(
    { query: WATCH, variables },
    {
      next: ({ data, errors }) => {
        if (!data) return fail(new Error(`The subscription answered ${JSON.stringify(errors)}`));
        const { version } = data.orderStatusChanged;
        versions.push(version);
        variables.after = version;
        for (const one of waiting) if (version >= one.version) one.resolve();
      },
      error: (error) => fail(asError(error)),
      complete: () => {},
    },
  );
  return {
    orderId,
    versions,
    reached: async (version) => {
      if (failure !== null) throw failure;
      if ((versions.at(-1) ?? 0) >= version) return;
      await new Promise<void>((resolve, reject) => waiting.push({ version, resolve, reject }));
    },
    stop,
  };
}

/** How many of the versions up to `last` did not come once each and in order. */
export function missedOf({ versions }: WatchedOrder, last: number): number {
  const expected = Array.from({ length: last }, (_, index) => index + 1);
  const missing = expected.filter((version) => !versions.includes(version)).length;
  const isInOrder = versions.every((version, index) => version === index + 1);
  return missing > 0 ? missing : isInOrder ? 0 : 1;
}

function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  if (Array.isArray(error)) return new Error(JSON.stringify(error));
  return new Error(`closed with ${(error as { code?: number }).code}`);
}
