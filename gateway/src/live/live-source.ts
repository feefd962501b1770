/** One thing to tell a subscriber. */
export interface LiveEvent {
  /** The value of the subscription's field. The same object for every subscriber, so that they can share its execution. */
  readonly value: object;
  /** `value` without what other services add to: told instead when one that is needed does not answer. */
  readonly bare: object;
  /** What the client can pass as `after` to go on from here, when it can. */
  readonly version?: number;
}

/** What one subscriber hears: pulled at its own pace. The first pull may reject with a GraphQLError that refuses it. */
export interface LiveSource extends AsyncIterable<LiveEvent> {
  /** Lets go of everything at once and ends the iteration, also one that waits. Repeating it is safe. */
  close(): void;
}

export const liveSource = (events: () => AsyncGenerator<LiveEvent>, close: () => void): LiveSource => ({
  [Symbol.asyncIterator]: events,
  close,
});
