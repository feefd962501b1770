import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ProductView } from '../queries/products.ts';
import type { FacilityView } from '../queries/facilities.ts';
import type { Level } from '../domain/stock.ts';
import type { MovementView } from '../queries/stock-movements.ts';
import type { OrderReference } from './order.ts';
import type { ReservationView } from '../queries/reservations.ts';
import type { Allocation as AllocatedUnits } from '../domain/allocation.ts';
import type { CandidateRecord } from '../domain/allocation-record.ts';
import type { MessagingStatus } from '@holdfast/messaging';
import type { InventoryContext } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC, ISO 8601 with milliseconds. */
  DateTime: { input: Date; output: Date; }
  /** A decimal number written as a string, so that no float ever holds money. */
  Decimal: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type AdjustStockInput = {
  /** 1 to 200 characters. */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly lines: ReadonlyArray<StockLineInput>;
  readonly reason: Scalars['String']['input'];
};

export type Airport = {
  readonly __typename?: 'Airport';
  /** Great-circle distance from the facility. */
  readonly distanceKm: Scalars['Float']['output'];
  readonly iata: Scalars['ID']['output'];
  readonly latitude: Scalars['Float']['output'];
  readonly longitude: Scalars['Float']['output'];
  readonly name: Scalars['String']['output'];
};

export type Allocation = {
  readonly __typename?: 'Allocation';
  readonly facility: Facility;
  readonly product: Product;
  readonly quantity: Scalars['Int']['output'];
  readonly zone: StockZone;
};

export type AllocationCandidate = {
  readonly __typename?: 'AllocationCandidate';
  /** The rule that put it out, or kept it; in words for a person. */
  readonly because: Scalars['String']['output'];
  readonly chosen: Scalars['Boolean']['output'];
  /** From the destination when domestic; from the facility's nearest airport when international. */
  readonly distanceKm: Scalars['Float']['output'];
  readonly facility: Facility;
};

export type AllocationDecision = {
  readonly __typename?: 'AllocationDecision';
  readonly candidates: ReadonlyArray<AllocationCandidate>;
  readonly international: Scalars['Boolean']['output'];
  readonly method: AllocationMethod;
  readonly policyVersion: Scalars['String']['output'];
};

export type AllocationMethod =
  /** Every set of candidates was looked at. */
  | 'EXACT'
  /** More than 12 candidates: a set was grown from those that cover most. */
  | 'GREEDY';

export type ConfirmOrderPayload = {
  readonly __typename?: 'ConfirmOrderPayload';
  readonly order?: Maybe<Order>;
  readonly problems: ReadonlyArray<Problem>;
};

export type Facility = {
  readonly __typename?: 'Facility';
  readonly country: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  readonly latitude: Scalars['Float']['output'];
  readonly longitude: Scalars['Float']['output'];
  readonly name: Scalars['String']['output'];
  readonly nearestAirport: Airport;
  /** Operator only. */
  readonly stock: StockLevelConnection;
  /** Operator only: over all its levels. */
  readonly totals: StockTotals;
};


export type FacilityStockArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type FacilityInput = {
  readonly country: Scalars['String']['input'];
  readonly id: Scalars['ID']['input'];
  readonly latitude: Scalars['Float']['input'];
  readonly longitude: Scalars['Float']['input'];
  readonly name: Scalars['String']['input'];
};

/** What a consumer's inbox holds of a fact of the other service. */
export type FactHandling = {
  readonly __typename?: 'FactHandling';
  readonly consumer: Scalars['String']['output'];
  /** How often the message had been delivered when it was handled; null when it was redriven. */
  readonly deliveries?: Maybe<Scalars['Int']['output']>;
  readonly handledAt: Scalars['DateTime']['output'];
  /** When the stream stored the message; null when it was redriven. */
  readonly publishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where the message stood on its stream, a whole number of up to 19 digits; null when it was redriven. */
  readonly streamSequence?: Maybe<Scalars['ID']['output']>;
};

export type HoldConsumerPayload = {
  readonly __typename?: 'HoldConsumerPayload';
  /** Null when it is not held, or no longer. */
  readonly pausedUntil?: Maybe<Scalars['DateTime']['output']>;
  readonly problems: ReadonlyArray<Problem>;
};

export type MessageConsumer = {
  readonly __typename?: 'MessageConsumer';
  /** Messages delivered and not yet acknowledged. */
  readonly inProgress: Scalars['Int']['output'];
  readonly name: Scalars['String']['output'];
  /** Null unless it is held. */
  readonly pausedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Messages of the stream that were never delivered. */
  readonly pending: Scalars['Int']['output'];
  /** Messages in progress that were delivered more than once. */
  readonly redelivered: Scalars['Int']['output'];
  readonly stream: Scalars['String']['output'];
};

/** How a service's facts travel: what waits to be published, who carries it, and who reads what the other service stated. */
export type Messaging = {
  readonly __typename?: 'Messaging';
  /** Empty while NATS does not answer. */
  readonly consumers: ReadonlyArray<MessageConsumer>;
  readonly isNatsConnected: Scalars['Boolean']['output'];
  /** When the oldest of those was stated; null when there is none. */
  readonly outboxOldestAt?: Maybe<Scalars['DateTime']['output']>;
  /** Facts stated and not yet published. */
  readonly outboxRows: Scalars['Int']['output'];
  /** Open ones oldest first, closed ones latest closed first. */
  readonly parked: ParkedConnection;
  readonly relay: Relay;
};


/** How a service's facts travel: what waits to be published, who carries it, and who reads what the other service stated. */
export type MessagingParkedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<ParkedState>;
};

export type Money = {
  readonly __typename?: 'Money';
  readonly amount: Scalars['Decimal']['output'];
  readonly currencyCode: Scalars['String']['output'];
};

export type MoneyInput = {
  readonly amount: Scalars['Decimal']['input'];
  readonly currencyCode: Scalars['String']['input'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Adds or takes units; never below what is reserved. */
  readonly adjustStock: StockPayload;
  /**
   * HELD and not due: done, and StockConfirmed; else HOLD_EXPIRED. The order follows with OrderConfirmed.
   * A hold without an end is confirmed already, and so is what was shipped.
   */
  readonly confirmOrder: ConfirmOrderPayload;
  /** Moves the end of a hold that is not due; 1 to 10,080 minutes. */
  readonly extendHold: ConfirmOrderPayload;
  readonly inventoryDiscardParked: ParkedPayload;
  /**
   * Operator only, and only with HOLDFAST_AUTH=off: for 1 to 120 seconds from now inventory is told of no order, while the facts gather
   * on the stream; 0 goes on at once. It ends by itself, also when inventory is down meanwhile.
   */
  readonly inventoryHoldConsumer: HoldConsumerPayload;
  readonly inventoryRedriveParked: ParkedPayload;
  /**
   * Adds units; 1 to 5,000 lines. Repeating an idempotencyKey adds nothing and answers as the first time; with other content:
   * IDEMPOTENCY_KEY_REUSED. Keys are for good and shared with adjustStock; a refused command stores none.
   */
  readonly receiveStock: StockPayload;
  readonly upsertFacilities: StockPayload;
  /** Creates or replaces; operator only, like all that changes catalogue or stock. At most 5,000 at once. */
  readonly upsertProducts: StockPayload;
};


export type MutationAdjustStockArgs = {
  input: AdjustStockInput;
};


export type MutationConfirmOrderArgs = {
  orderId: Scalars['ID']['input'];
};


export type MutationExtendHoldArgs = {
  minutes: Scalars['Int']['input'];
  orderId: Scalars['ID']['input'];
};


export type MutationInventoryDiscardParkedArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
  reason: Scalars['String']['input'];
};


export type MutationInventoryHoldConsumerArgs = {
  seconds: Scalars['Int']['input'];
};


export type MutationInventoryRedriveParkedArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type MutationReceiveStockArgs = {
  input: ReceiveStockInput;
};


export type MutationUpsertFacilitiesArgs = {
  input: ReadonlyArray<FacilityInput>;
};


export type MutationUpsertProductsArgs = {
  input: ReadonlyArray<ProductInput>;
};

export type Order = {
  readonly __typename?: 'Order';
  readonly id: Scalars['ID']['output'];
  /** Null until inventory has decided, and for an order it never tied. */
  readonly reservation?: Maybe<Reservation>;
  /** Operator only: the facts that inventory has stated of its reservation, oldest first. */
  readonly reservationFacts?: Maybe<ReadonlyArray<StockFact>>;
};

/** A fact of orders', as far as inventory knows it. */
export type OrderFact = {
  readonly __typename?: 'OrderFact';
  /** Operator only. Null until inventory has handled it, 21 days after that, and for a fact that it has no use for. */
  readonly handling?: Maybe<FactHandling>;
  readonly id: Scalars['ID']['output'];
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Always false: pages go forward only. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type ParkedClosing =
  | 'DISCARDED'
  | 'REDRIVEN';

export type ParkedConnection = {
  readonly __typename?: 'ParkedConnection';
  readonly edges: ReadonlyArray<ParkedEdge>;
  readonly pageInfo: PageInfo;
};

export type ParkedEdge = {
  readonly __typename?: 'ParkedEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: ParkedMessage;
};

export type ParkedMessage = {
  readonly __typename?: 'ParkedMessage';
  readonly attempts: Scalars['Int']['output'];
  readonly closedAs?: Maybe<ParkedClosing>;
  /** Null while it is open, like the three that follow. */
  readonly closedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly closedBy?: Maybe<Scalars['String']['output']>;
  /** Only of what was discarded. */
  readonly closedReason?: Maybe<Scalars['String']['output']>;
  readonly consumer: Scalars['String']['output'];
  /** Null when the message did not say. */
  readonly eventId?: Maybe<Scalars['ID']['output']>;
  readonly eventType: Scalars['String']['output'];
  /** As JSON: an object of lists of texts. */
  readonly headers: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  readonly parkedAt: Scalars['DateTime']['output'];
  readonly payload: Scalars['String']['output'];
  readonly reason: Scalars['String']['output'];
  readonly stream: Scalars['String']['output'];
  /** A whole number of up to 19 digits. */
  readonly streamSequence: Scalars['ID']['output'];
  readonly subject: Scalars['String']['output'];
};

export type ParkedPayload = {
  readonly __typename?: 'ParkedPayload';
  /** Those redriven whose fact had been handled before: closed, and nothing else changed. */
  readonly alreadyHandled: ReadonlyArray<Scalars['ID']['output']>;
  /** How many were closed. */
  readonly changed: Scalars['Int']['output'];
  readonly problems: ReadonlyArray<Problem>;
};

export type ParkedState =
  /** Was redriven or discarded. */
  | 'CLOSED'
  /** Waits for a person. */
  | 'OPEN';

export type Problem = {
  readonly __typename?: 'Problem';
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

export type Product = {
  readonly __typename?: 'Product';
  /** Units that can be promised now: on hand less reserved, over all facilities. Units of a hold are free from the instant of its end. */
  readonly available: Scalars['Int']['output'];
  /** Sum of the versions of its levels, so it grows also when a hold ends: of two readings the one with the higher is newer. */
  readonly availableVersion: Scalars['Int']['output'];
  readonly name: Scalars['String']['output'];
  readonly sku: Scalars['ID']['output'];
  /** Operator only. */
  readonly stock: ReadonlyArray<StockLevel>;
  readonly unitPrice: Money;
};

export type ProductConnection = {
  readonly __typename?: 'ProductConnection';
  readonly edges: ReadonlyArray<ProductEdge>;
  readonly pageInfo: PageInfo;
};

export type ProductEdge = {
  readonly __typename?: 'ProductEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Product;
};

export type ProductInput = {
  readonly name: Scalars['String']['input'];
  readonly sku: Scalars['ID']['input'];
  readonly unitPrice: MoneyInput;
};

/** When a fact was acknowledged by its stream. */
export type Publication = {
  readonly __typename?: 'Publication';
  readonly publishedAt: Scalars['DateTime']['output'];
  /** A whole number of up to 19 digits. */
  readonly sequence: Scalars['ID']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  readonly facilities?: Maybe<ReadonlyArray<Facility>>;
  readonly facility?: Maybe<Facility>;
  /** Operator only. */
  readonly inventoryMessaging?: Maybe<Messaging>;
  readonly product?: Maybe<Product>;
  /** In SKU order. Search finds a text in SKU or name, whatever its case; one without three letters or digits in a row at the beginning of a SKU only. */
  readonly products?: Maybe<ProductConnection>;
  /** Operator only. Newest decision first; those of a SKU by the time its units were tied. */
  readonly reservations?: Maybe<ReservationConnection>;
  /** The ledger, newest first: every change of a stock level there ever was. Of orders a customer sees only their own. */
  readonly stockMovements?: Maybe<StockMovementConnection>;
};


export type QueryFacilityArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProductArgs = {
  sku: Scalars['ID']['input'];
};


export type QueryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReservationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  sku?: InputMaybe<Scalars['ID']['input']>;
  status?: InputMaybe<ReservationStatus>;
};


export type QueryStockMovementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  facilityId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderId?: InputMaybe<Scalars['ID']['input']>;
  sku?: InputMaybe<Scalars['ID']['input']>;
};

export type ReceiveStockInput = {
  /** 1 to 200 characters. */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly lines: ReadonlyArray<StockLineInput>;
  /** Free words such as 'purchase' or 'return'. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Carries facts from the outbox to the stream. One process at a time holds the lease. */
export type Relay = {
  readonly __typename?: 'Relay';
  /** One more with each new holder of the lease. */
  readonly epoch: Scalars['Int']['output'];
  /** How often the stream's tail was repaired. */
  readonly generation: Scalars['Int']['output'];
  /** Renewed while the relay works; null, or an instant that has passed, means that none does. */
  readonly leaseExpiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The process that has or last had the lease; null when it was given back, or none ever had it. */
  readonly owner?: Maybe<Scalars['String']['output']>;
};

export type Reservation = {
  readonly __typename?: 'Reservation';
  readonly allocations: ReadonlyArray<Allocation>;
  readonly decidedAt: Scalars['DateTime']['output'];
  /** Why these facilities: what each rule did with each candidate. */
  readonly decision: AllocationDecision;
  /** Null: it has no end, or was confirmed. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly order: Order;
  readonly status: ReservationStatus;
};

export type ReservationConnection = {
  readonly __typename?: 'ReservationConnection';
  readonly edges: ReadonlyArray<ReservationEdge>;
  readonly pageInfo: PageInfo;
};

export type ReservationEdge = {
  readonly __typename?: 'ReservationEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Reservation;
};

export type ReservationStatus =
  /** Its hold ended before it was confirmed. */
  | 'EXPIRED'
  /** Until it ends; a hold whose end has passed is free already and becomes EXPIRED within moments. */
  | 'HELD'
  /** Its order was cancelled. */
  | 'RELEASED'
  /** Its units have left. */
  | 'SHIPPED';

/** A fact as the journal of the service that stated it holds it, for good. */
export type StockFact = {
  readonly __typename?: 'StockFact';
  /** The fact that caused this one; null for a client's command, and for the end of a hold. */
  readonly causationId?: Maybe<Scalars['ID']['output']>;
  readonly correlationId: Scalars['ID']['output'];
  /** As JSON, the bytes that travel. */
  readonly data: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  readonly isPublished: Scalars['Boolean']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Kept for 15 minutes; null before it is published and after that. A handling keeps it longer. */
  readonly publication?: Maybe<Publication>;
  readonly stream: Scalars['String']['output'];
  readonly subject: Scalars['String']['output'];
  /** PascalCase, in the past tense, such as StockReserved. */
  readonly type: Scalars['String']['output'];
  /** That of the reservation. */
  readonly version: Scalars['Int']['output'];
};

export type StockLevel = {
  readonly __typename?: 'StockLevel';
  readonly available: Scalars['Int']['output'];
  readonly facility: Facility;
  readonly onHand: Scalars['Int']['output'];
  readonly product: Product;
  readonly reserved: Scalars['Int']['output'];
  /** Grows with each change of what is read of the level, also when a hold ends. Of two readings the one with the higher is newer. */
  readonly version: Scalars['Int']['output'];
  readonly zone: StockZone;
};

export type StockLevelConnection = {
  readonly __typename?: 'StockLevelConnection';
  readonly edges: ReadonlyArray<StockLevelEdge>;
  readonly pageInfo: PageInfo;
};

export type StockLevelEdge = {
  readonly __typename?: 'StockLevelEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: StockLevel;
};

export type StockLineInput = {
  readonly facilityId: Scalars['ID']['input'];
  /** receiveStock: 1 or more. adjustStock: any whole number but 0. */
  readonly quantity: Scalars['Int']['input'];
  readonly sku: Scalars['ID']['input'];
  readonly zone?: StockZone;
};

export type StockMovement = {
  readonly __typename?: 'StockMovement';
  readonly facilityId: Scalars['ID']['output'];
  readonly id: Scalars['ID']['output'];
  readonly kind: StockMovementKind;
  readonly occurredAt: Scalars['DateTime']['output'];
  /** The level after this change: running totals need no sum. */
  readonly onHandAfter: Scalars['Int']['output'];
  readonly onHandChange: Scalars['Int']['output'];
  readonly orderId?: Maybe<Scalars['ID']['output']>;
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly reservedAfter: Scalars['Int']['output'];
  readonly reservedChange: Scalars['Int']['output'];
  readonly sku: Scalars['ID']['output'];
  readonly zone: StockZone;
};

export type StockMovementConnection = {
  readonly __typename?: 'StockMovementConnection';
  readonly edges: ReadonlyArray<StockMovementEdge>;
  readonly pageInfo: PageInfo;
};

export type StockMovementEdge = {
  readonly __typename?: 'StockMovementEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: StockMovement;
};

export type StockMovementKind =
  | 'ADJUSTED'
  | 'EXPIRED'
  | 'RECEIVED'
  | 'RELEASED'
  | 'RESERVED'
  | 'SHIPPED';

export type StockPayload = {
  readonly __typename?: 'StockPayload';
  /** How many rows were created or changed. */
  readonly changed: Scalars['Int']['output'];
  /** The levels after the change; empty for upserts. */
  readonly levels: ReadonlyArray<StockLevel>;
  readonly problems: ReadonlyArray<Problem>;
};

export type StockTotals = {
  readonly __typename?: 'StockTotals';
  readonly available: Scalars['Int']['output'];
  readonly levels: Scalars['Int']['output'];
  readonly onHand: Scalars['Int']['output'];
  readonly reserved: Scalars['Int']['output'];
};

/** Where in a facility the units lie: PRIMARY is picked before BACK. */
export type StockZone =
  | 'BACK'
  | 'PRIMARY';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Facility: Facility;
  Order: Order;
  OrderFact: OrderFact;
  Product: Product;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Facility:
    ( { __typename: 'Facility' }
    & GraphQLRecursivePick<FederationTypes['Facility'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  OrderFact:
    ( { __typename: 'OrderFact' }
    & GraphQLRecursivePick<FederationTypes['OrderFact'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"sku":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AdjustStockInput: AdjustStockInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Airport: ResolverTypeWrapper<Airport>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Allocation: ResolverTypeWrapper<AllocatedUnits>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AllocationCandidate: ResolverTypeWrapper<CandidateRecord>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AllocationDecision: ResolverTypeWrapper<Omit<AllocationDecision, 'candidates'> & { candidates: ReadonlyArray<ResolversTypes['AllocationCandidate']> }>;
  AllocationMethod: AllocationMethod;
  ConfirmOrderPayload: ResolverTypeWrapper<Omit<ConfirmOrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Facility: ResolverTypeWrapper<FacilityView>;
  FacilityInput: FacilityInput;
  FactHandling: ResolverTypeWrapper<FactHandling>;
  HoldConsumerPayload: ResolverTypeWrapper<HoldConsumerPayload>;
  MessageConsumer: ResolverTypeWrapper<MessageConsumer>;
  Messaging: ResolverTypeWrapper<MessagingStatus>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Order: ResolverTypeWrapper<OrderReference>;
  OrderFact: ResolverTypeWrapper<OrderFact>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParkedClosing: ParkedClosing;
  ParkedConnection: ResolverTypeWrapper<ParkedConnection>;
  ParkedEdge: ResolverTypeWrapper<ParkedEdge>;
  ParkedMessage: ResolverTypeWrapper<ParkedMessage>;
  ParkedPayload: ResolverTypeWrapper<ParkedPayload>;
  ParkedState: ParkedState;
  Problem: ResolverTypeWrapper<Problem>;
  Product: ResolverTypeWrapper<ProductView>;
  ProductConnection: ResolverTypeWrapper<Omit<ProductConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['ProductEdge']> }>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  ProductInput: ProductInput;
  Publication: ResolverTypeWrapper<Publication>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReceiveStockInput: ReceiveStockInput;
  Relay: ResolverTypeWrapper<Relay>;
  Reservation: ResolverTypeWrapper<ReservationView>;
  ReservationConnection: ResolverTypeWrapper<Omit<ReservationConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['ReservationEdge']> }>;
  ReservationEdge: ResolverTypeWrapper<Omit<ReservationEdge, 'node'> & { node: ResolversTypes['Reservation'] }>;
  ReservationStatus: ReservationStatus;
  StockFact: ResolverTypeWrapper<StockFact>;
  StockLevel: ResolverTypeWrapper<Level>;
  StockLevelConnection: ResolverTypeWrapper<Omit<StockLevelConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['StockLevelEdge']> }>;
  StockLevelEdge: ResolverTypeWrapper<Omit<StockLevelEdge, 'node'> & { node: ResolversTypes['StockLevel'] }>;
  StockLineInput: StockLineInput;
  StockMovement: ResolverTypeWrapper<MovementView>;
  StockMovementConnection: ResolverTypeWrapper<Omit<StockMovementConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['StockMovementEdge']> }>;
  StockMovementEdge: ResolverTypeWrapper<Omit<StockMovementEdge, 'node'> & { node: ResolversTypes['StockMovement'] }>;
  StockMovementKind: StockMovementKind;
  StockPayload: ResolverTypeWrapper<Omit<StockPayload, 'levels'> & { levels: ReadonlyArray<ResolversTypes['StockLevel']> }>;
  StockTotals: ResolverTypeWrapper<StockTotals>;
  StockZone: StockZone;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AdjustStockInput: AdjustStockInput;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Airport: Airport;
  Float: Scalars['Float']['output'];
  Allocation: AllocatedUnits;
  Int: Scalars['Int']['output'];
  AllocationCandidate: CandidateRecord;
  Boolean: Scalars['Boolean']['output'];
  AllocationDecision: Omit<AllocationDecision, 'candidates'> & { candidates: ReadonlyArray<ResolversParentTypes['AllocationCandidate']> };
  ConfirmOrderPayload: Omit<ConfirmOrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Facility: FacilityView;
  FacilityInput: FacilityInput;
  FactHandling: FactHandling;
  HoldConsumerPayload: HoldConsumerPayload;
  MessageConsumer: MessageConsumer;
  Messaging: MessagingStatus;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Order: OrderReference;
  OrderFact: OrderFact | FederationReferenceTypes['OrderFact'];
  PageInfo: PageInfo;
  ParkedConnection: ParkedConnection;
  ParkedEdge: ParkedEdge;
  ParkedMessage: ParkedMessage;
  ParkedPayload: ParkedPayload;
  Problem: Problem;
  Product: ProductView;
  ProductConnection: Omit<ProductConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['ProductEdge']> };
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  ProductInput: ProductInput;
  Publication: Publication;
  Query: Record<PropertyKey, never>;
  ReceiveStockInput: ReceiveStockInput;
  Relay: Relay;
  Reservation: ReservationView;
  ReservationConnection: Omit<ReservationConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['ReservationEdge']> };
  ReservationEdge: Omit<ReservationEdge, 'node'> & { node: ResolversParentTypes['Reservation'] };
  StockFact: StockFact;
  StockLevel: Level;
  StockLevelConnection: Omit<StockLevelConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['StockLevelEdge']> };
  StockLevelEdge: Omit<StockLevelEdge, 'node'> & { node: ResolversParentTypes['StockLevel'] };
  StockLineInput: StockLineInput;
  StockMovement: MovementView;
  StockMovementConnection: Omit<StockMovementConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['StockMovementEdge']> };
  StockMovementEdge: Omit<StockMovementEdge, 'node'> & { node: ResolversParentTypes['StockMovement'] };
  StockPayload: Omit<StockPayload, 'levels'> & { levels: ReadonlyArray<ResolversParentTypes['StockLevel']> };
  StockTotals: StockTotals;
};

export type AirportResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Airport'] = ResolversParentTypes['Airport']> = {
  distanceKm?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  iata?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AllocationResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Allocation'] = ResolversParentTypes['Allocation']> = {
  facility?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  zone?: Resolver<ResolversTypes['StockZone'], ParentType, ContextType>;
};

export type AllocationCandidateResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['AllocationCandidate'] = ResolversParentTypes['AllocationCandidate']> = {
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  chosen?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  distanceKm?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  facility?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
};

export type AllocationDecisionResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['AllocationDecision'] = ResolversParentTypes['AllocationDecision']> = {
  candidates?: Resolver<ReadonlyArray<ResolversTypes['AllocationCandidate']>, ParentType, ContextType>;
  international?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['AllocationMethod'], ParentType, ContextType>;
  policyVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConfirmOrderPayloadResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['ConfirmOrderPayload'] = ResolversParentTypes['ConfirmOrderPayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type FacilityResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Facility'] = ResolversParentTypes['Facility'], FederationReferenceType extends FederationReferenceTypes['Facility'] = FederationReferenceTypes['Facility']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Facility']> | FederationReferenceType, FederationReferenceType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nearestAirport?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  stock?: Resolver<ResolversTypes['StockLevelConnection'], ParentType, ContextType, RequireFields<FacilityStockArgs, 'first'>>;
  totals?: Resolver<ResolversTypes['StockTotals'], ParentType, ContextType>;
};

export type FactHandlingResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['FactHandling'] = ResolversParentTypes['FactHandling']> = {
  consumer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deliveries?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  handledAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  streamSequence?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type HoldConsumerPayloadResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['HoldConsumerPayload'] = ResolversParentTypes['HoldConsumerPayload']> = {
  pausedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type MessageConsumerResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['MessageConsumer'] = ResolversParentTypes['MessageConsumer']> = {
  inProgress?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pausedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  redelivered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MessagingResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Messaging'] = ResolversParentTypes['Messaging']> = {
  consumers?: Resolver<ReadonlyArray<ResolversTypes['MessageConsumer']>, ParentType, ContextType>;
  isNatsConnected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  outboxOldestAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  outboxRows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parked?: Resolver<ResolversTypes['ParkedConnection'], ParentType, ContextType, RequireFields<MessagingParkedArgs, 'first' | 'state'>>;
  relay?: Resolver<ResolversTypes['Relay'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  adjustStock?: Resolver<ResolversTypes['StockPayload'], ParentType, ContextType, RequireFields<MutationAdjustStockArgs, 'input'>>;
  confirmOrder?: Resolver<ResolversTypes['ConfirmOrderPayload'], ParentType, ContextType, RequireFields<MutationConfirmOrderArgs, 'orderId'>>;
  extendHold?: Resolver<ResolversTypes['ConfirmOrderPayload'], ParentType, ContextType, RequireFields<MutationExtendHoldArgs, 'minutes' | 'orderId'>>;
  inventoryDiscardParked?: Resolver<ResolversTypes['ParkedPayload'], ParentType, ContextType, RequireFields<MutationInventoryDiscardParkedArgs, 'ids' | 'reason'>>;
  inventoryHoldConsumer?: Resolver<ResolversTypes['HoldConsumerPayload'], ParentType, ContextType, RequireFields<MutationInventoryHoldConsumerArgs, 'seconds'>>;
  inventoryRedriveParked?: Resolver<ResolversTypes['ParkedPayload'], ParentType, ContextType, RequireFields<MutationInventoryRedriveParkedArgs, 'ids'>>;
  receiveStock?: Resolver<ResolversTypes['StockPayload'], ParentType, ContextType, RequireFields<MutationReceiveStockArgs, 'input'>>;
  upsertFacilities?: Resolver<ResolversTypes['StockPayload'], ParentType, ContextType, RequireFields<MutationUpsertFacilitiesArgs, 'input'>>;
  upsertProducts?: Resolver<ResolversTypes['StockPayload'], ParentType, ContextType, RequireFields<MutationUpsertProductsArgs, 'input'>>;
};

export type OrderResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reservation?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType>;
  reservationFacts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['StockFact']>>, ParentType, ContextType>;
};

export type OrderFactResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['OrderFact'] = ResolversParentTypes['OrderFact'], FederationReferenceType extends FederationReferenceTypes['OrderFact'] = FederationReferenceTypes['OrderFact']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['OrderFact']> | FederationReferenceType, FederationReferenceType, ContextType>;
  handling?: Resolver<Maybe<ResolversTypes['FactHandling']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParkedConnectionResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['ParkedConnection'] = ResolversParentTypes['ParkedConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ParkedEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ParkedEdgeResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['ParkedEdge'] = ResolversParentTypes['ParkedEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ParkedMessage'], ParentType, ContextType>;
};

export type ParkedMessageResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['ParkedMessage'] = ResolversParentTypes['ParkedMessage']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  closedAs?: Resolver<Maybe<ResolversTypes['ParkedClosing']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  closedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  closedReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  consumer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  headers?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  payload?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  streamSequence?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ParkedPayloadResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['ParkedPayload'] = ResolversParentTypes['ParkedPayload']> = {
  alreadyHandled?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type ProductResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  availableVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  stock?: Resolver<ReadonlyArray<ResolversTypes['StockLevel']>, ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type PublicationResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Publication'] = ResolversParentTypes['Publication']> = {
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  facilities?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Facility']>>, ParentType, ContextType>;
  facility?: Resolver<Maybe<ResolversTypes['Facility']>, ParentType, ContextType, RequireFields<QueryFacilityArgs, 'id'>>;
  inventoryMessaging?: Resolver<Maybe<ResolversTypes['Messaging']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'sku'>>;
  products?: Resolver<Maybe<ResolversTypes['ProductConnection']>, ParentType, ContextType, RequireFields<QueryProductsArgs, 'first'>>;
  reservations?: Resolver<Maybe<ResolversTypes['ReservationConnection']>, ParentType, ContextType, RequireFields<QueryReservationsArgs, 'first'>>;
  stockMovements?: Resolver<Maybe<ResolversTypes['StockMovementConnection']>, ParentType, ContextType, RequireFields<QueryStockMovementsArgs, 'first'>>;
};

export type RelayResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Relay'] = ResolversParentTypes['Relay']> = {
  epoch?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  leaseExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReservationResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation']> = {
  allocations?: Resolver<ReadonlyArray<ResolversTypes['Allocation']>, ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['AllocationDecision'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReservationStatus'], ParentType, ContextType>;
};

export type ReservationConnectionResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['ReservationConnection'] = ResolversParentTypes['ReservationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReservationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReservationEdgeResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['ReservationEdge'] = ResolversParentTypes['ReservationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
};

export type StockFactResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['StockFact'] = ResolversParentTypes['StockFact']> = {
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  data?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isPublished?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  publication?: Resolver<Maybe<ResolversTypes['Publication']>, ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockLevelResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['StockLevel'] = ResolversParentTypes['StockLevel']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  facility?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  zone?: Resolver<ResolversTypes['StockZone'], ParentType, ContextType>;
};

export type StockLevelConnectionResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['StockLevelConnection'] = ResolversParentTypes['StockLevelConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StockLevelEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StockLevelEdgeResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['StockLevelEdge'] = ResolversParentTypes['StockLevelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
};

export type StockMovementResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['StockMovement'] = ResolversParentTypes['StockMovement']> = {
  facilityId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockMovementKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  onHandAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onHandChange?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reservedAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reservedChange?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  zone?: Resolver<ResolversTypes['StockZone'], ParentType, ContextType>;
};

export type StockMovementConnectionResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['StockMovementConnection'] = ResolversParentTypes['StockMovementConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StockMovementEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StockMovementEdgeResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['StockMovementEdge'] = ResolversParentTypes['StockMovementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockMovement'], ParentType, ContextType>;
};

export type StockPayloadResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['StockPayload'] = ResolversParentTypes['StockPayload']> = {
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  levels?: Resolver<ReadonlyArray<ResolversTypes['StockLevel']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type StockTotalsResolvers<ContextType = InventoryContext, ParentType extends ResolversParentTypes['StockTotals'] = ResolversParentTypes['StockTotals']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  levels?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = InventoryContext> = {
  Airport?: AirportResolvers<ContextType>;
  Allocation?: AllocationResolvers<ContextType>;
  AllocationCandidate?: AllocationCandidateResolvers<ContextType>;
  AllocationDecision?: AllocationDecisionResolvers<ContextType>;
  ConfirmOrderPayload?: ConfirmOrderPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Facility?: FacilityResolvers<ContextType>;
  FactHandling?: FactHandlingResolvers<ContextType>;
  HoldConsumerPayload?: HoldConsumerPayloadResolvers<ContextType>;
  MessageConsumer?: MessageConsumerResolvers<ContextType>;
  Messaging?: MessagingResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderFact?: OrderFactResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParkedConnection?: ParkedConnectionResolvers<ContextType>;
  ParkedEdge?: ParkedEdgeResolvers<ContextType>;
  ParkedMessage?: ParkedMessageResolvers<ContextType>;
  ParkedPayload?: ParkedPayloadResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  Publication?: PublicationResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Relay?: RelayResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  ReservationConnection?: ReservationConnectionResolvers<ContextType>;
  ReservationEdge?: ReservationEdgeResolvers<ContextType>;
  StockFact?: StockFactResolvers<ContextType>;
  StockLevel?: StockLevelResolvers<ContextType>;
  StockLevelConnection?: StockLevelConnectionResolvers<ContextType>;
  StockLevelEdge?: StockLevelEdgeResolvers<ContextType>;
  StockMovement?: StockMovementResolvers<ContextType>;
  StockMovementConnection?: StockMovementConnectionResolvers<ContextType>;
  StockMovementEdge?: StockMovementEdgeResolvers<ContextType>;
  StockPayload?: StockPayloadResolvers<ContextType>;
  StockTotals?: StockTotalsResolvers<ContextType>;
};

