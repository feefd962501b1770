import type { Mechanisms } from './mechanisms.ts';

/** Means of keeping the promises, taken away, and what happens without them. */
export interface Mutation {
  readonly name: string;
  /** What it breaks, in a sentence. */
  readonly breaks: string;
  readonly without: Partial<Mechanisms>;
  /** The configuration in which that shows, by name. */
  readonly shownIn: string;
}

const outOfTurn = 'one order goes all the way, and every message out of turn';
const twice = 'messages are stored twice and handled late';
const late = 'messages are overtaken, handled late and twice';
const lastUnits = 'two orders want the last units, and are cancelled';
const holdsRunOut = 'holds run out while another order waits for the units';
const oneHold = 'a hold is confirmed, extended, shipped, cancelled or runs out';
const commandsDie = 'orders dies in commands, and clients ask again';
const frozen = 'a relay freezes, its lease is taken over, and it wakes';
const ahead = 'a stream loses its tail, and its consumer stays ahead of it';
const frozenAndLost = 'a stream loses its tail while a relay is frozen';
const prices = 'a product gets new prices, which come late and are lost';

export const mutations: readonly Mutation[] = [
  {
    name: 'no inbox, and no look at the decision row',
    breaks: 'An OrderPlaced that comes twice ties the stock twice.',
    without: { inbox: false, decisionRow: false },
    shownIn: late,
  },
  {
    name: 'ack before commit',
    breaks: 'A process that dies between the two has said that it handled what it never did.',
    without: { ackAfterCommit: false },
    shownIn: outOfTurn,
  },
  {
    name: 'inbox committed before the effect',
    breaks: 'A process that dies between the two finds the fact handled when it comes again.',
    without: { inboxWithEffect: false },
    shownIn: outOfTurn,
  },
  {
    name: 'facts committed after the rows',
    breaks: 'A process that dies between the two has tied stock of which the order never hears.',
    without: { factsWithRows: false },
    shownIn: outOfTurn,
  },
  {
    name: 'no tombstone',
    breaks: 'An OrderPlaced that its cancel has overtaken ties stock for a cancelled order, for good.',
    without: { tombstone: false },
    shownIn: outOfTurn,
  },
  {
    name: 'publish before commit',
    breaks: 'A process that dies between the two has told inventory of an order that does not exist.',
    without: { publishAfterCommit: false },
    shownIn: commandsDie,
  },
  {
    name: 'answer before commit',
    breaks: 'A process that dies between the two has promised an order that does not exist.',
    without: { answerAfterCommit: false },
    shownIn: commandsDie,
  },
  {
    name: 'no idempotency key',
    breaks: 'A client that asks again, since no answer came, gets a second order.',
    without: { idempotencyKeys: false },
    shownIn: commandsDie,
  },
  {
    name: 'choose before lock',
    breaks: 'Two transactions choose the same units, and the later one overwrites what the other reserved.',
    without: { lockBeforeChoosing: false },
    shownIn: lastUnits,
  },
  {
    name: 'due holds not released before choosing',
    breaks: 'An order is rejected for units that only a hold that is over still counts as reserved.',
    without: { releaseDueHolds: false },
    shownIn: holdsRunOut,
  },
  {
    name: 'expiry by a local clock that is ahead',
    breaks: 'A hold is ended before the time that its customer was promised.',
    without: { clock: 'ahead' },
    shownIn: oneHold,
  },
  {
    name: 'expiry by a local clock that is behind',
    breaks: 'A hold that is over is confirmed, though its units were already shown as free.',
    without: { clock: 'behind' },
    shownIn: oneHold,
  },
  {
    name: 'confirm decided at orders',
    breaks: 'A customer is told that the order is confirmed while inventory gives its units away.',
    without: { confirmAt: 'orders' },
    shownIn: oneHold,
  },
  {
    name: 'versions not compared',
    breaks: 'A price that comes late replaces the one that replaced it.',
    without: { compareVersions: false },
    shownIn: prices,
  },
  {
    name: 'lease without epoch',
    breaks: 'A relay that was frozen while another took its lease still marks, as if it had it.',
    without: { leaseEpoch: false },
    shownIn: frozen,
  },
  {
    name: 'mark without epoch',
    breaks: 'A relay that wakes marks what another has published since, or what a repair has found lost.',
    without: { markComparesEpoch: false },
    shownIn: frozenAndLost,
  },
  {
    name: 'outbox rows deleted when published',
    breaks: 'What a stream loses cannot be found, nor published again.',
    without: { keepPublishedRows: false },
    shownIn: ahead,
  },
  {
    name: 'signs of a rewind ignored but for the regular look',
    breaks:
      'New facts are stored over the lost ones, and the newest, which is all that the look asks for, is there.',
    without: { lookBeforePublishing: false, compareAcks: false, uniqueSequences: false },
    shownIn: ahead,
  },
  {
    name: 'generation ignored',
    breaks:
      'A consumer that was ahead of a rewound stream skips the new facts that stand where it already was.',
    without: { respectGeneration: false },
    shownIn: ahead,
  },
];

/** Each of these alone breaks nothing, since another means stands behind it. */
export const secondLines: readonly Omit<Mutation, 'breaks'>[] = [
  { name: 'no inbox', without: { inbox: false }, shownIn: twice },
  { name: 'no look at the decision row', without: { decisionRow: false }, shownIn: twice },
  { name: 'acks not compared', without: { compareAcks: false }, shownIn: ahead },
];
