export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC, ISO 8601 with milliseconds. */
  DateTime: { input: string; output: string; }
  /** A decimal number written as a string, so that no float ever holds money. */
  Decimal: { input: string; output: string; }
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

export type ConfirmOrderPayload = {
  readonly __typename?: 'ConfirmOrderPayload';
  readonly order?: Maybe<Order>;
  readonly problems: ReadonlyArray<Problem>;
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

export type FindDestinationPayload = {
  readonly __typename?: 'FindDestinationPayload';
  /** Null when there are problems. */
  readonly destination?: Maybe<Destination>;
  readonly problems: ReadonlyArray<Problem>;
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
  /** ISO 4217. */
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
  /** PENDING or RESERVED, also while stock is being tied; of a CANCELLED order it changes nothing and is no problem; else NOT_CANCELLABLE with the order. */
  readonly cancelOrder: CancelOrderPayload;
  /**
   * HELD and not due: done, and StockConfirmed; else HOLD_EXPIRED. The order follows with OrderConfirmed.
   * A hold without an end is confirmed already, and so is what was shipped.
   */
  readonly confirmOrder: ConfirmOrderPayload;
  /** Operator only. SHIPPING; of a DELIVERED order it changes nothing; else NOT_DELIVERABLE with the order. */
  readonly deliverOrder: DeliverOrderPayload;
  /** Moves the end of a hold that is not due; 1 to 10,080 minutes. */
  readonly extendHold: ConfirmOrderPayload;
  readonly inventoryDiscardParked: ParkedPayload;
  /**
   * Operator only, and only with HOLDFAST_AUTH=off: for 1 to 120 seconds from now inventory is told of no order, while the facts gather
   * on the stream; 0 goes on at once. It ends by itself, also when inventory is down meanwhile.
   */
  readonly inventoryHoldConsumer: HoldConsumerPayload;
  readonly inventoryRedriveParked: ParkedPayload;
  readonly ordersDiscardParked: ParkedPayload;
  readonly ordersRedriveParked: ParkedPayload;
  /**
   * Records the order as PENDING and returns at once; stock is tied to it afterwards, by events.
   * Repeating an idempotencyKey with the same content returns the same order; with other content it is a problem. Keys are unique per customer, for good;
   * content is the input as sent, lines summed by SKU and sorted, without prices; a refused command stores no key.
   * When the outbox is full the answer is the GraphQL error OVERLOADED with retryAfterMs.
   */
  readonly placeOrder: PlaceOrderPayload;
  /**
   * Adds units; 1 to 5,000 lines. Repeating an idempotencyKey adds nothing and answers as the first time; with other content:
   * IDEMPOTENCY_KEY_REUSED. Keys are for good and shared with adjustStock; a refused command stores none.
   */
  readonly receiveStock: StockPayload;
  /** Operator only. RESERVED, and confirmed when its stock is only held; of one that ships or was delivered it changes nothing; else NOT_SHIPPABLE or NOT_CONFIRMED with the order. */
  readonly shipOrder: ShipOrderPayload;
  readonly upsertFacilities: StockPayload;
  /** Creates or replaces; operator only, like all that changes catalogue or stock. At most 5,000 at once. */
  readonly upsertProducts: StockPayload;
};


export type MutationAdjustStockArgs = {
  input: AdjustStockInput;
};


export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


export type MutationConfirmOrderArgs = {
  orderId: Scalars['ID']['input'];
};


export type MutationDeliverOrderArgs = {
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


export type MutationReceiveStockArgs = {
  input: ReceiveStockInput;
};


export type MutationShipOrderArgs = {
  orderId: Scalars['ID']['input'];
};


export type MutationUpsertFacilitiesArgs = {
  input: ReadonlyArray<FacilityInput>;
};


export type MutationUpsertProductsArgs = {
  input: ReadonlyArray<ProductInput>;
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
  /** Null until inventory has decided, and for an order it never tied. */
  readonly reservation?: Maybe<Reservation>;
  /** Operator only: the facts that inventory has stated of its reservation, oldest first. */
  readonly reservationFacts?: Maybe<ReadonlyArray<StockFact>>;
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

/** A fact of orders', as far as inventory knows it. */
export type OrderFact = {
  readonly __typename?: 'OrderFact';
  /** The fact that caused this one; null for a client's command. */
  readonly causationId?: Maybe<Scalars['ID']['output']>;
  readonly correlationId: Scalars['ID']['output'];
  /** As JSON, the bytes that travel. */
  readonly data: Scalars['String']['output'];
  /** Operator only. Null until inventory has handled it, 21 days after that, and for a fact that it has no use for. */
  readonly handling?: Maybe<FactHandling>;
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

export type OrderStatusChange = {
  readonly __typename?: 'OrderStatusChange';
  readonly eventId: Scalars['ID']['output'];
  /** Null when the order was placed. */
  readonly from?: Maybe<OrderStatus>;
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Null when a subgraph that the selection needs does not answer; the change itself still arrives. */
  readonly order?: Maybe<Order>;
  readonly to: OrderStatus;
  readonly version: Scalars['Int']['output'];
};

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
  /** Units that can be promised now: on hand less reserved, over all facilities. Units of a hold are free from the instant of its end. */
  readonly available: Scalars['Int']['output'];
  /** Sum of the versions of its levels, so it grows also when a hold ends: of two readings the one with the higher is newer. */
  readonly availableVersion: Scalars['Int']['output'];
  readonly name: Scalars['String']['output'];
  /** What placeOrder charges now; null until orders has heard of it, and then placeOrder answers UNKNOWN_SKU. */
  readonly orderPrice?: Maybe<Money>;
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
  /** How a caller says who they are. */
  readonly authentication?: Maybe<Authentication>;
  /** Every country that can be a destination, by code. */
  readonly countries?: Maybe<ReadonlyArray<Country>>;
  readonly facilities?: Maybe<ReadonlyArray<Facility>>;
  readonly facility?: Maybe<Facility>;
  /** Where an order to this destination would go, as placeOrder finds it. Changes nothing. */
  readonly findDestination?: Maybe<FindDestinationPayload>;
  /** Operator only. */
  readonly inventoryMessaging?: Maybe<Messaging>;
  readonly order?: Maybe<Order>;
  /** Operator only. */
  readonly orderTotals?: Maybe<ReadonlyArray<OrderTotal>>;
  /** Newest first. A customer sees their own orders, an operator all. */
  readonly orders?: Maybe<OrderConnection>;
  /** Operator only. */
  readonly ordersMessaging?: Maybe<Messaging>;
  readonly product?: Maybe<Product>;
  /** In SKU order. Search finds a text in SKU or name, whatever its case; one without three letters or digits in a row at the beginning of a SKU only. */
  readonly products?: Maybe<ProductConnection>;
  /** Operator only. Newest decision first; those of a SKU by the time its units were tied. */
  readonly reservations?: Maybe<ReservationConnection>;
  /** The ledger, newest first: every change of a stock level there ever was. Of orders a customer sees only their own. */
  readonly stockMovements?: Maybe<StockMovementConnection>;
  /** Who the request is for; null when it is for nobody. */
  readonly viewer?: Maybe<Viewer>;
};


export type QueryFacilityArgs = {
  id: Scalars['ID']['input'];
};


export type QueryFindDestinationArgs = {
  input: DestinationInput;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
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

export type StockChange = {
  readonly __typename?: 'StockChange';
  readonly facility?: Maybe<Facility>;
  readonly facilityId: Scalars['ID']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly onHand: Scalars['Int']['output'];
  readonly product?: Maybe<Product>;
  readonly reserved: Scalars['Int']['output'];
  readonly sku: Scalars['ID']['output'];
  /** That of StockLevel: a lower one than seen is old. */
  readonly version: Scalars['Int']['output'];
  readonly zone: StockZone;
};

/** A fact as the journal of the service that stated it holds it, for good. */
export type StockFact = {
  readonly __typename?: 'StockFact';
  /** The fact that caused this one; null for a client's command, and for the end of a hold. */
  readonly causationId?: Maybe<Scalars['ID']['output']>;
  readonly correlationId: Scalars['ID']['output'];
  /** As JSON, the bytes that travel. */
  readonly data: Scalars['String']['output'];
  /** Operator only. Null until orders has handled it, and 21 days after that. */
  readonly handling?: Maybe<FactHandling>;
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

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** For everyone: starts with each product as it is. At most 100. */
  readonly availabilityChanged: Product;
  /** Changes of all orders from now on; operator only. */
  readonly orderChanges: OrderStatusChange;
  /**
   * Every change of one order, once each, in order of version.
   * Without `after` the stream starts with the order's latest change; with it, with the first change after that version,
   * however long ago. A client that reconnects passes the last version it saw and misses nothing.
   */
  readonly orderStatusChanged: OrderStatusChange;
  /** Operator only. Starts with the levels as they are when sku is given, then each level's latest state, at most four a second; states in between may be left out, the last one never. */
  readonly stockChanged: StockChange;
};


export type SubscriptionAvailabilityChangedArgs = {
  skus: ReadonlyArray<Scalars['ID']['input']>;
};


export type SubscriptionOrderChangesArgs = {
  statuses?: InputMaybe<ReadonlyArray<OrderStatus>>;
};


export type SubscriptionOrderStatusChangedArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  orderId: Scalars['ID']['input'];
};


export type SubscriptionStockChangedArgs = {
  facilityId?: InputMaybe<Scalars['ID']['input']>;
  sku?: InputMaybe<Scalars['ID']['input']>;
};

export type Viewer = {
  readonly __typename?: 'Viewer';
  readonly customerId: Scalars['ID']['output'];
  readonly isOperator: Scalars['Boolean']['output'];
};
