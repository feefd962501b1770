export type { BatchHandler, BatchHandlers } from './batch-handler.ts';
export type { Context, FactData, FactType } from './contracts/contracts.ts';
export { orderStatuses, type OrderStatus } from './contracts/contracts.ts';
export type { Database, Tx } from './database.ts';
export { saysContention, saysServerAway } from './errors.ts';
export type { Delivery, Fact, FactOfType, ReceivedFact } from './facts.ts';
export { discardParked, type ParkedMessageRow, type ParkedResult } from './parked.ts';
export { listParked, type ParkedPage } from './list-parked.ts';
export { armFaultPoint, commandTransaction, faultPoints, type FaultPoint } from './fault-points.ts';
export { NatsAwayError } from './consumer-hold.ts';
export { readHandlings, type FactHandling } from './handlings.ts';
export { readJournalFacts, type JournalFact } from './journal-facts.ts';
export {
  startMessaging,
  type ConsumerStatus,
  type Messaging,
  type MessagingStatus,
  type StartMessagingOptions,
} from './runtime.ts';
export { handledFacts } from './handled-facts.ts';
export { messagingHistorySchema, messagingSchema } from './schema.ts';
export { messagingRights, type TableRight, type TableRights } from './table-rights.ts';
export { defaultMessagingSettings, type MessagingSettings, type Provision } from './settings.ts';
export {
  consumers,
  ensureTopology,
  liveOrders,
  liveStockSubject,
  requireStream,
  StreamAwaitedError,
  streams,
  TopologyMismatchError,
  type ConsumerName,
  type StreamName,
} from './topology.ts';
export { NatsNotReadyError, provisionTopology } from './provision-topology.ts';
export { natsAccountsConfig, natsPasswordVariable } from './nats-accounts-config.ts';
export { natsUsers, type NatsRight, type NatsUser } from './nats-users.ts';
export { connectNats, type NatsConnectOptions, type NatsServer } from './connection.ts';
export {
  decodeFact,
  DecodeError,
  encodeFact,
  generationHeader,
  generationOf,
  maxFactBytes,
  type DecodeProblem,
  type EncodedFact,
  type RawMessage,
  type StatedFact,
} from './envelope.ts';
export { appendFacts, FactTooLargeError, InvalidFactError, newEventId } from './journal.ts';
