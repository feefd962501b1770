import type { Tx } from './database.ts';
import type { ReceivedFact } from './facts.ts';
import type { ConsumerName } from './topology.ts';

/**
 * Handles a batch in the caller's transaction, which has already written the inbox: facts here were never handled before
 * and stand in the order of the stream. Rejecting rolls the batch back; it is then tried fact by fact.
 */
export type BatchHandler = (tx: Tx, facts: readonly ReceivedFact[]) => Promise<void>;
export type BatchHandlers = Partial<Readonly<Record<ConsumerName, BatchHandler>>>;
