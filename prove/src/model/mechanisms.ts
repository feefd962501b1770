/** The means by which Holdfast keeps its promises. Each can be taken away, to see what it was for. */
export interface Mechanisms {
  /** A fact that the inbox knows is not handled again. */
  readonly inbox: boolean;
  /** A fact enters the inbox in the transaction of its effect. */
  readonly inboxWithEffect: boolean;
  /** Before inventory reserves it reads what it decided on the order before. */
  readonly decisionRow: boolean;
  /** A cancel that comes before its order is remembered. */
  readonly tombstone: boolean;
  /** A message is acknowledged after the commit, not before. */
  readonly ackAfterCommit: boolean;
  /** Rows and the facts that tell of them are committed together. */
  readonly factsWithRows: boolean;
  /** A fact reaches the stream only from the outbox, not from the transaction that states it. */
  readonly publishAfterCommit: boolean;
  /** A client is answered after the commit, not before. */
  readonly answerAfterCommit: boolean;
  /** A repeated key finds the order that was placed with it. */
  readonly idempotencyKeys: boolean;
  /** Levels are locked before they are read. */
  readonly lockBeforeChoosing: boolean;
  /** Due holds that touch the batch's levels are released before it chooses. */
  readonly releaseDueHolds: boolean;
  /** Whose clock says whether a hold is due. A process's own is one tick ahead or behind. */
  readonly clock: 'database' | 'ahead' | 'behind';
  /** Where the wish to confirm is judged. */
  readonly confirmAt: 'inventory' | 'orders';
  /** Of two listings of a product the higher version counts, not the later one. */
  readonly compareVersions: boolean;
  /** A new owner of the lease begins a new epoch. */
  readonly leaseEpoch: boolean;
  /** A mark counts only in the lease's present epoch. */
  readonly markComparesEpoch: boolean;
  /** No two outbox rows keep one sequence. */
  readonly uniqueSequences: boolean;
  /** An outbox row keeps its sequence after it was published, until the tail horizon. */
  readonly keepPublishedRows: boolean;
  /** A relay looks for a lost tail before its first publish. */
  readonly lookBeforePublishing: boolean;
  /** An ack that is no duplicate must be above the last. */
  readonly compareAcks: boolean;
  /** A consumer that meets a higher generation is made anew. */
  readonly respectGeneration: boolean;
  /** A stream drops a message whose id it has. */
  readonly streamDropsDuplicates: boolean;
}

export const asBuilt: Mechanisms = {
  inbox: true,
  inboxWithEffect: true,
  decisionRow: true,
  tombstone: true,
  ackAfterCommit: true,
  factsWithRows: true,
  publishAfterCommit: true,
  answerAfterCommit: true,
  idempotencyKeys: true,
  lockBeforeChoosing: true,
  releaseDueHolds: true,
  clock: 'database',
  confirmAt: 'inventory',
  compareVersions: true,
  leaseEpoch: true,
  markComparesEpoch: true,
  uniqueSequences: true,
  keepPublishedRows: true,
  lookBeforePublishing: true,
  compareAcks: true,
  respectGeneration: true,
  streamDropsDuplicates: true,
};
