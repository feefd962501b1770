import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { OrderView, OrderLineView } from '../queries/order-view.ts';
import type { OrderEventView } from '../queries/order-events.ts';
import type { ProductReference } from './product.ts';
import type { MessagingStatus } from '@holdfast/messaging';
import type { OrdersContext } from './context.ts';
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

export type Authentication =
  /** A bearer token names the viewer. */
  | 'JWT'
  /** Everybody on this machine is the operator, or the customer that a header names. */
  | 'OFF';

export type CancelOrderInput = {
  readonly orderId: Scalars['ID']['input'];
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

export type CancelOrderPayload = {
  readonly __typename?: 'CancelOrderPayload';
  readonly order?: Maybe<Order>;
  readonly problems: ReadonlyArray<Problem>;
};

export type Cancellation = {
  readonly __typename?: 'Cancellation';
  /** CUSTOMER, OPERATOR, UNDECIDED, HOLD_EXPIRED. */
  readonly code: Scalars['String']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
};

export type Country = {
  readonly __typename?: 'Country';
  /** ISO 3166-1 alpha-2. */
  readonly code: Scalars['String']['output'];
  readonly latitude: Scalars['Float']['output'];
  readonly longitude: Scalars['Float']['output'];
};

export type DeliverOrderPayload = {
  readonly __typename?: 'DeliverOrderPayload';
  /** Null with ORDER_NOT_FOUND. */
  readonly order?: Maybe<Order>;
  readonly problems: ReadonlyArray<Problem>;
};

export type Destination = {
  readonly __typename?: 'Destination';
  readonly city?: Maybe<Scalars['String']['output']>;
  /** ISO 3166-1 alpha-2. */
  readonly country: Scalars['String']['output'];
  readonly latitude: Scalars['Float']['output'];
  readonly longitude: Scalars['Float']['output'];
  readonly postalCode?: Maybe<Scalars['String']['output']>;
  readonly precision: DestinationPrecision;
};

export type DestinationInput = {
  readonly city?: InputMaybe<Scalars['String']['input']>;
  readonly country: Scalars['String']['input'];
  /**
   * Latitude and longitude: both or neither (one alone is a problem). Both are taken as given;
   * with neither the place is found from city, postal code or country.
   */
  readonly latitude?: InputMaybe<Scalars['Float']['input']>;
  readonly longitude?: InputMaybe<Scalars['Float']['input']>;
  readonly postalCode?: InputMaybe<Scalars['String']['input']>;
};

/** How the coordinates were found. */
export type DestinationPrecision =
  | 'CITY'
  | 'COUNTRY'
  | 'GIVEN'
  | 'POSTAL_CODE';

export type ExpectedMoneyInput = {
  readonly amount: Scalars['Decimal']['input'];
  readonly currencyCode: Scalars['String']['input'];
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

export type FindDestinationPayload = {
  readonly __typename?: 'FindDestinationPayload';
  /** Null when there are problems. */
  readonly destination?: Maybe<Destination>;
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
  /** ISO 4217. */
  readonly currencyCode: Scalars['String']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** PENDING or RESERVED, also while stock is being tied; of a CANCELLED order it changes nothing and is no problem; else NOT_CANCELLABLE with the order. */
  readonly cancelOrder: CancelOrderPayload;
  /** Operator only. SHIPPING; of a DELIVERED order it changes nothing; else NOT_DELIVERABLE with the order. */
  readonly deliverOrder: DeliverOrderPayload;
  readonly ordersDiscardParked: ParkedPayload;
  readonly ordersRedriveParked: ParkedPayload;
  /**
   * Records the order as PENDING and returns at once; stock is tied to it afterwards, by events.
   * Repeating an idempotencyKey with the same content returns the same order; with other content it is a problem. Keys are unique per customer, for good;
   * content is the input as sent, lines summed by SKU and sorted, without prices; a refused command stores no key.
   * When the outbox is full the answer is the GraphQL error OVERLOADED with retryAfterMs.
   */
  readonly placeOrder: PlaceOrderPayload;
  /** Operator only. RESERVED, and confirmed when its stock is only held; of one that ships or was delivered it changes nothing; else NOT_SHIPPABLE or NOT_CONFIRMED with the order. */
  readonly shipOrder: ShipOrderPayload;
};


export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


export type MutationDeliverOrderArgs = {
  orderId: Scalars['ID']['input'];
};


export type MutationOrdersDiscardParkedArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
  reason: Scalars['String']['input'];
};


export type MutationOrdersRedriveParkedArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};


export type MutationShipOrderArgs = {
  orderId: Scalars['ID']['input'];
};

export type Order = {
  readonly __typename?: 'Order';
  /** Null unless CANCELLED. */
  readonly cancellation?: Maybe<Cancellation>;
  readonly customerId: Scalars['ID']['output'];
  readonly destination: Destination;
  /** Every change of the order after the given version, oldest first. */
  readonly events: ReadonlyArray<OrderEvent>;
  /** Operator only: the facts that orders has stated of it, oldest first. */
  readonly facts?: Maybe<ReadonlyArray<OrderFact>>;
  readonly id: Scalars['ID']['output'];
  readonly lines: ReadonlyArray<OrderLine>;
  readonly placedAt: Scalars['DateTime']['output'];
  /** The client's own name for the order, such as an invoice number. */
  readonly reference?: Maybe<Scalars['String']['output']>;
  /** Why it was rejected: the lines that could not be tied. Null in every other state. */
  readonly rejection?: Maybe<Rejection>;
  readonly status: OrderStatus;
  readonly total: Money;
  readonly updatedAt: Scalars['DateTime']['output'];
  /** How many changes the order has seen: 1 when placed, one more with each change. */
  readonly version: Scalars['Int']['output'];
};


export type OrderEventsArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
};

export type OrderConnection = {
  readonly __typename?: 'OrderConnection';
  readonly edges: ReadonlyArray<OrderEdge>;
  readonly pageInfo: PageInfo;
};

export type OrderEdge = {
  readonly __typename?: 'OrderEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Order;
};

export type OrderEvent = {
  readonly __typename?: 'OrderEvent';
  /** The id of the event that caused this one; null for a client's command. */
  readonly causationId?: Maybe<Scalars['ID']['output']>;
  /** One id for all that follows from one client command, in every service. */
  readonly correlationId: Scalars['ID']['output'];
  /** Null when the order was placed. */
  readonly from?: Maybe<OrderStatus>;
  /** Equals OrderStatusChange.eventId. */
  readonly id: Scalars['ID']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly orderId: Scalars['ID']['output'];
  readonly status: OrderStatus;
  /** PascalCase fact in the past tense, such as OrderPlaced. */
  readonly type: Scalars['String']['output'];
  readonly version: Scalars['Int']['output'];
};

/** A fact as the journal of the service that stated it holds it, for good. */
export type OrderFact = {
  readonly __typename?: 'OrderFact';
  /** The fact that caused this one; null for a client's command. */
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
  /** PascalCase, in the past tense, such as OrderPlaced. */
  readonly type: Scalars['String']['output'];
  /** That of the order. */
  readonly version: Scalars['Int']['output'];
};

export type OrderFilter = {
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Placed before this instant. */
  readonly placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Placed at this instant or later. */
  readonly placedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly statuses?: InputMaybe<ReadonlyArray<OrderStatus>>;
};

export type OrderLine = {
  readonly __typename?: 'OrderLine';
  /** Null when inventory cannot be asked; the order itself still reads. */
  readonly product?: Maybe<Product>;
  readonly quantity: Scalars['Int']['output'];
  readonly sku: Scalars['ID']['output'];
  readonly unitPrice: Money;
};

export type OrderLineInput = {
  /** 1 to 1,000,000, also after lines of one SKU are summed. */
  readonly quantity: Scalars['Int']['input'];
  readonly sku: Scalars['ID']['input'];
};

export type OrderPosition = {
  readonly after: Scalars['Int']['input'];
  readonly orderId: Scalars['ID']['input'];
};

export type OrderStatus =
  /** Cancelled by the customer, by an operator, or because it waited too long. Final. */
  | 'CANCELLED'
  /** Final. */
  | 'DELIVERED'
  /** Recorded; stock not tied yet. */
  | 'PENDING'
  /** There was not enough stock. Final. */
  | 'REJECTED'
  /** Stock is tied to it at one or more facilities. */
  | 'RESERVED'
  /** Handed to fulfilment; it can no longer be cancelled. */
  | 'SHIPPING';

export type OrderTotal = {
  readonly __typename?: 'OrderTotal';
  readonly count: Scalars['Int']['output'];
  readonly status: OrderStatus;
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

export type PlaceOrderInput = {
  /** Whom the order is for. Only an operator may name somebody else. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  readonly destination: DestinationInput;
  /** When given and not the total that would be charged: PRICE_CHANGED, and nothing is placed. */
  readonly expectedTotal?: InputMaybe<ExpectedMoneyInput>;
  /** 1 to 200 characters. */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** 1 to 2,000 lines; lines of one SKU are summed. */
  readonly lines: ReadonlyArray<OrderLineInput>;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
};

export type PlaceOrderPayload = {
  readonly __typename?: 'PlaceOrderPayload';
  /** Null when there are problems. */
  readonly order?: Maybe<Order>;
  readonly problems: ReadonlyArray<Problem>;
};

/** An expected 'no', in words for a person and a code for a program. What is broken inside is a GraphQL error instead. */
export type Problem = {
  readonly __typename?: 'Problem';
  /** INVALID_INPUT, UNKNOWN_SKU, PRICE_CHANGED, IDEMPOTENCY_KEY_REUSED, ORDER_NOT_FOUND, NOT_CANCELLABLE, NOT_SHIPPABLE, NOT_CONFIRMED, NOT_DELIVERABLE, ... */
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  /** Where in the input, such as ["lines", "3", "quantity"]. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

export type Product = {
  readonly __typename?: 'Product';
  /** What placeOrder charges now; null until orders has heard of it, and then placeOrder answers UNKNOWN_SKU. */
  readonly orderPrice?: Maybe<Money>;
  readonly sku: Scalars['ID']['output'];
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
  /** How a caller says who they are. */
  readonly authentication?: Maybe<Authentication>;
  /** Every country that can be a destination, by code. */
  readonly countries?: Maybe<ReadonlyArray<Country>>;
  /** Where an order to this destination would go, as placeOrder finds it. Changes nothing. */
  readonly findDestination?: Maybe<FindDestinationPayload>;
  readonly order?: Maybe<Order>;
  /** For the gateway's live layer only: what each order did after its version, one statement; at most 1,000 orders. */
  readonly orderEventsAfter: ReadonlyArray<OrderEvent>;
  /** Operator only. */
  readonly orderTotals?: Maybe<ReadonlyArray<OrderTotal>>;
  /** Newest first. A customer sees their own orders, an operator all. */
  readonly orders?: Maybe<OrderConnection>;
  /** Operator only. */
  readonly ordersMessaging?: Maybe<Messaging>;
  /** Who the request is for; null when it is for nobody. */
  readonly viewer?: Maybe<Viewer>;
};


export type QueryFindDestinationArgs = {
  input: DestinationInput;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrderEventsAfterArgs = {
  positions: ReadonlyArray<OrderPosition>;
};


export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Rejection = {
  readonly __typename?: 'Rejection';
  readonly reason: Scalars['String']['output'];
  readonly shortages: ReadonlyArray<Shortage>;
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

export type ShipOrderPayload = {
  readonly __typename?: 'ShipOrderPayload';
  /** Null with ORDER_NOT_FOUND. */
  readonly order?: Maybe<Order>;
  readonly problems: ReadonlyArray<Problem>;
};

export type Shortage = {
  readonly __typename?: 'Shortage';
  readonly available: Scalars['Int']['output'];
  readonly requested: Scalars['Int']['output'];
  readonly sku: Scalars['ID']['output'];
};

/** A fact of inventory's, as far as orders knows it. */
export type StockFact = {
  readonly __typename?: 'StockFact';
  /** Operator only. Null until orders has handled it, and 21 days after that. */
  readonly handling?: Maybe<FactHandling>;
  readonly id: Scalars['ID']['output'];
};

export type Viewer = {
  readonly __typename?: 'Viewer';
  readonly customerId: Scalars['ID']['output'];
  readonly isOperator: Scalars['Boolean']['output'];
};



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
  Order: Order;
  Product: Product;
  StockFact: StockFact;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"sku":true}> );
  StockFact:
    ( { __typename: 'StockFact' }
    & GraphQLRecursivePick<FederationTypes['StockFact'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Authentication: Authentication;
  CancelOrderInput: CancelOrderInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CancelOrderPayload: ResolverTypeWrapper<Omit<CancelOrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  Cancellation: ResolverTypeWrapper<Cancellation>;
  Country: ResolverTypeWrapper<Country>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DeliverOrderPayload: ResolverTypeWrapper<Omit<DeliverOrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  Destination: ResolverTypeWrapper<Destination>;
  DestinationInput: DestinationInput;
  DestinationPrecision: DestinationPrecision;
  ExpectedMoneyInput: ExpectedMoneyInput;
  FactHandling: ResolverTypeWrapper<FactHandling>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  FindDestinationPayload: ResolverTypeWrapper<FindDestinationPayload>;
  MessageConsumer: ResolverTypeWrapper<MessageConsumer>;
  Messaging: ResolverTypeWrapper<MessagingStatus>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Order: ResolverTypeWrapper<OrderView>;
  OrderConnection: ResolverTypeWrapper<Omit<OrderConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['OrderEdge']> }>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderEvent: ResolverTypeWrapper<OrderEventView>;
  OrderFact: ResolverTypeWrapper<OrderFact>;
  OrderFilter: OrderFilter;
  OrderLine: ResolverTypeWrapper<OrderLineView>;
  OrderLineInput: OrderLineInput;
  OrderPosition: OrderPosition;
  OrderStatus: OrderStatus;
  OrderTotal: ResolverTypeWrapper<OrderTotal>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParkedClosing: ParkedClosing;
  ParkedConnection: ResolverTypeWrapper<ParkedConnection>;
  ParkedEdge: ResolverTypeWrapper<ParkedEdge>;
  ParkedMessage: ResolverTypeWrapper<ParkedMessage>;
  ParkedPayload: ResolverTypeWrapper<ParkedPayload>;
  ParkedState: ParkedState;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderPayload: ResolverTypeWrapper<Omit<PlaceOrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  Problem: ResolverTypeWrapper<Problem>;
  Product: ResolverTypeWrapper<ProductReference>;
  Publication: ResolverTypeWrapper<Publication>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Rejection: ResolverTypeWrapper<Rejection>;
  Relay: ResolverTypeWrapper<Relay>;
  ShipOrderPayload: ResolverTypeWrapper<Omit<ShipOrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  Shortage: ResolverTypeWrapper<Shortage>;
  StockFact: ResolverTypeWrapper<StockFact>;
  Viewer: ResolverTypeWrapper<Viewer>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CancelOrderInput: CancelOrderInput;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  CancelOrderPayload: Omit<CancelOrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  Cancellation: Cancellation;
  Country: Country;
  Float: Scalars['Float']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  DeliverOrderPayload: Omit<DeliverOrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  Destination: Destination;
  DestinationInput: DestinationInput;
  ExpectedMoneyInput: ExpectedMoneyInput;
  FactHandling: FactHandling;
  Int: Scalars['Int']['output'];
  FindDestinationPayload: FindDestinationPayload;
  MessageConsumer: MessageConsumer;
  Messaging: MessagingStatus;
  Boolean: Scalars['Boolean']['output'];
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  Order: OrderView;
  OrderConnection: Omit<OrderConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['OrderEdge']> };
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderEvent: OrderEventView;
  OrderFact: OrderFact;
  OrderFilter: OrderFilter;
  OrderLine: OrderLineView;
  OrderLineInput: OrderLineInput;
  OrderPosition: OrderPosition;
  OrderTotal: OrderTotal;
  PageInfo: PageInfo;
  ParkedConnection: ParkedConnection;
  ParkedEdge: ParkedEdge;
  ParkedMessage: ParkedMessage;
  ParkedPayload: ParkedPayload;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderPayload: Omit<PlaceOrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  Problem: Problem;
  Product: ProductReference;
  Publication: Publication;
  Query: Record<PropertyKey, never>;
  Rejection: Rejection;
  Relay: Relay;
  ShipOrderPayload: Omit<ShipOrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  Shortage: Shortage;
  StockFact: StockFact | FederationReferenceTypes['StockFact'];
  Viewer: Viewer;
};

export type CancelOrderPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['CancelOrderPayload'] = ResolversParentTypes['CancelOrderPayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type CancellationResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Cancellation'] = ResolversParentTypes['Cancellation']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CountryResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Country'] = ResolversParentTypes['Country']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DeliverOrderPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['DeliverOrderPayload'] = ResolversParentTypes['DeliverOrderPayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type DestinationResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Destination'] = ResolversParentTypes['Destination']> = {
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  precision?: Resolver<ResolversTypes['DestinationPrecision'], ParentType, ContextType>;
};

export type FactHandlingResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['FactHandling'] = ResolversParentTypes['FactHandling']> = {
  consumer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deliveries?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  handledAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  streamSequence?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type FindDestinationPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['FindDestinationPayload'] = ResolversParentTypes['FindDestinationPayload']> = {
  destination?: Resolver<Maybe<ResolversTypes['Destination']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type MessageConsumerResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['MessageConsumer'] = ResolversParentTypes['MessageConsumer']> = {
  inProgress?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pausedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  redelivered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MessagingResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Messaging'] = ResolversParentTypes['Messaging']> = {
  consumers?: Resolver<ReadonlyArray<ResolversTypes['MessageConsumer']>, ParentType, ContextType>;
  isNatsConnected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  outboxOldestAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  outboxRows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parked?: Resolver<ResolversTypes['ParkedConnection'], ParentType, ContextType, RequireFields<MessagingParkedArgs, 'first' | 'state'>>;
  relay?: Resolver<ResolversTypes['Relay'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelOrder?: Resolver<ResolversTypes['CancelOrderPayload'], ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  deliverOrder?: Resolver<ResolversTypes['DeliverOrderPayload'], ParentType, ContextType, RequireFields<MutationDeliverOrderArgs, 'orderId'>>;
  ordersDiscardParked?: Resolver<ResolversTypes['ParkedPayload'], ParentType, ContextType, RequireFields<MutationOrdersDiscardParkedArgs, 'ids' | 'reason'>>;
  ordersRedriveParked?: Resolver<ResolversTypes['ParkedPayload'], ParentType, ContextType, RequireFields<MutationOrdersRedriveParkedArgs, 'ids'>>;
  placeOrder?: Resolver<ResolversTypes['PlaceOrderPayload'], ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
  shipOrder?: Resolver<ResolversTypes['ShipOrderPayload'], ParentType, ContextType, RequireFields<MutationShipOrderArgs, 'orderId'>>;
};

export type OrderResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cancellation?: Resolver<Maybe<ResolversTypes['Cancellation']>, ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  destination?: Resolver<ResolversTypes['Destination'], ParentType, ContextType>;
  events?: Resolver<ReadonlyArray<ResolversTypes['OrderEvent']>, ParentType, ContextType, RequireFields<OrderEventsArgs, 'after'>>;
  facts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['OrderFact']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rejection?: Resolver<Maybe<ResolversTypes['Rejection']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderEventResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent']> = {
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderFactResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderFact'] = ResolversParentTypes['OrderFact']> = {
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

export type OrderLineResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderTotalResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['OrderTotal'] = ResolversParentTypes['OrderTotal']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParkedConnectionResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedConnection'] = ResolversParentTypes['ParkedConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ParkedEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ParkedEdgeResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedEdge'] = ResolversParentTypes['ParkedEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ParkedMessage'], ParentType, ContextType>;
};

export type ParkedMessageResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedMessage'] = ResolversParentTypes['ParkedMessage']> = {
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

export type ParkedPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ParkedPayload'] = ResolversParentTypes['ParkedPayload']> = {
  alreadyHandled?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type PlaceOrderPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['PlaceOrderPayload'] = ResolversParentTypes['PlaceOrderPayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type ProductResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  orderPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PublicationResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Publication'] = ResolversParentTypes['Publication']> = {
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  authentication?: Resolver<Maybe<ResolversTypes['Authentication']>, ParentType, ContextType>;
  countries?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Country']>>, ParentType, ContextType>;
  findDestination?: Resolver<Maybe<ResolversTypes['FindDestinationPayload']>, ParentType, ContextType, RequireFields<QueryFindDestinationArgs, 'input'>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  orderEventsAfter?: Resolver<ReadonlyArray<ResolversTypes['OrderEvent']>, ParentType, ContextType, RequireFields<QueryOrderEventsAfterArgs, 'positions'>>;
  orderTotals?: Resolver<Maybe<ReadonlyArray<ResolversTypes['OrderTotal']>>, ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first'>>;
  ordersMessaging?: Resolver<Maybe<ResolversTypes['Messaging']>, ParentType, ContextType>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
};

export type RejectionResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Rejection'] = ResolversParentTypes['Rejection']> = {
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  shortages?: Resolver<ReadonlyArray<ResolversTypes['Shortage']>, ParentType, ContextType>;
};

export type RelayResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Relay'] = ResolversParentTypes['Relay']> = {
  epoch?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  leaseExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ShipOrderPayloadResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['ShipOrderPayload'] = ResolversParentTypes['ShipOrderPayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type ShortageResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Shortage'] = ResolversParentTypes['Shortage']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type StockFactResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['StockFact'] = ResolversParentTypes['StockFact'], FederationReferenceType extends FederationReferenceTypes['StockFact'] = FederationReferenceTypes['StockFact']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StockFact']> | FederationReferenceType, FederationReferenceType, ContextType>;
  handling?: Resolver<Maybe<ResolversTypes['FactHandling']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = OrdersContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isOperator?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type Resolvers<ContextType = OrdersContext> = {
  CancelOrderPayload?: CancelOrderPayloadResolvers<ContextType>;
  Cancellation?: CancellationResolvers<ContextType>;
  Country?: CountryResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DeliverOrderPayload?: DeliverOrderPayloadResolvers<ContextType>;
  Destination?: DestinationResolvers<ContextType>;
  FactHandling?: FactHandlingResolvers<ContextType>;
  FindDestinationPayload?: FindDestinationPayloadResolvers<ContextType>;
  MessageConsumer?: MessageConsumerResolvers<ContextType>;
  Messaging?: MessagingResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  OrderFact?: OrderFactResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderTotal?: OrderTotalResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParkedConnection?: ParkedConnectionResolvers<ContextType>;
  ParkedEdge?: ParkedEdgeResolvers<ContextType>;
  ParkedMessage?: ParkedMessageResolvers<ContextType>;
  ParkedPayload?: ParkedPayloadResolvers<ContextType>;
  PlaceOrderPayload?: PlaceOrderPayloadResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Publication?: PublicationResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Rejection?: RejectionResolvers<ContextType>;
  Relay?: RelayResolvers<ContextType>;
  ShipOrderPayload?: ShipOrderPayloadResolvers<ContextType>;
  Shortage?: ShortageResolvers<ContextType>;
  StockFact?: StockFactResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
};

