import type { FactData, FactType } from './contracts/contracts.ts';

interface FactOf<Type extends FactType> {
  /** UUIDv7, made by who states the fact; also its `Nats-Msg-Id`, so that a retry is a duplicate. */
  readonly eventId: string;
  readonly type: Type;
  readonly occurredAt: Date;
  /** One id for all that follows from one client command, in every service. */
  readonly correlationId: string;
  /** The id of the event that caused this one; null for a client's command. */
  readonly causationId: string | null;
  /** W3C trace context of the command or delivery that led here. */
  readonly traceparent: string | null;
  /** Holds the aggregate's id and its version after this fact. */
  readonly data: FactData<Type>;
}

/** A fact, told apart by `type`. */
export type Fact = { [Type in FactType]: FactOf<Type> }[FactType];
export type FactOfType<Type extends FactType> = FactOf<Type>;

/** Where in the stream a received fact stands, and how often it was delivered. */
export interface Delivery {
  readonly stream: string;
  readonly sequence: number;
  /** 1 at first. */
  readonly deliveryCount: number;
}

/** A fact as a consumer's handler gets it: decoded, validated and not yet in the consumer's inbox. */
export type ReceivedFact = Fact & { readonly delivery: Delivery };
