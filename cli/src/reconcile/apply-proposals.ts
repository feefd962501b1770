import type { Context } from '@holdfast/messaging';
import { contracts } from '@holdfast/messaging/contracts';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { GatewayClient } from '../replay/gateway-client.ts';
import type { AllBooks } from './damage.ts';
import { handOver, readJournalFact } from './hand-over.ts';
import { adjustLevel } from './level-damage.ts';
import type { Proposal } from './proposals.ts';
import { putBackLostFacts } from './put-back.ts';

export interface Repair {
  readonly books: AllBooks;
  readonly nats: NatsConnection;
  readonly manager: JetStreamManager;
  /** To have the services handle facts; null when no gateway was found. */
  readonly gateway: GatewayClient | null;
  readonly print: (line: string) => void;
}

const shown = 10;

/** Says what is proposed, ten of each kind. */
export function proposalLines(proposals: readonly Proposal[]): string[] {
  return [...Map.groupBy(proposals, ({ kind }) => kind).values()].flatMap((ofKind) => [
    ...ofKind.slice(0, shown).map((proposal) => textOf(proposal)),
    ...(ofKind.length > shown ? [`… ${ofKind.length - shown} more`] : []),
  ]);
}

function textOf(proposal: Proposal): string {
  switch (proposal.kind) {
    case 'PUT_BACK':
      return `put ${proposal.lost.count} facts of ${proposal.lost.context} back into its outbox`;
    case 'HANDLE': {
      const { sequence, stream, type, consumer } = proposal.message;
      return `have ${consumer} handle message ${sequence} of ${stream} (${type})`;
    }
    case 'HAND_OVER': {
      const { story, consumer, fact } = proposal;
      return `have ${consumer} handle ${fact.type} of order ${story.orderId} as ${fact.eventId}: the order is ${story.orderStatus}, its reservation ${story.reservationStatus}`;
    }
    case 'ADJUST': {
      const { sku, facilityId, zone, onHand, movedOnHand, reserved, allocated, movedReserved } =
        proposal.level;
      const reservedText =
        reserved === allocated
          ? `reserved stays ${reserved}`
          : `reserved becomes ${allocated}, it was ${reserved}`;
      return `add an ADJUSTED movement to ${sku} at ${facilityId} ${zone}: on hand ${signed(onHand - movedOnHand)}, reserved ${signed(allocated - movedReserved)}; ${reservedText}`;
    }
    case 'PERSON':
      return `a person has to look at ${proposal.about}: ${proposal.advice}`;
  }
}

const signed = (change: number): string => `${change > 0 ? '+' : ''}${change}`;

/**
 * Does what is proposed, one after the other; what fails is said and leaves the others alone. Resolves with how many
 * changed something. Safe to repeat.
 */
export async function applyProposals(repair: Repair, proposals: readonly Proposal[]): Promise<number> {
  let changed = 0;
  for (const proposal of proposals) {
    if (proposal.kind === 'PERSON') continue;
    try {
      const isDone = await applyOne(repair, proposal);
      if (isDone) changed += 1;
      repair.print(`${isDone ? 'done' : 'nothing to do any more'}: ${textOf(proposal)}`);
    } catch (error) {
      repair.print(`failed: ${textOf(proposal)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return changed;
}

async function applyOne(
  { books, nats, manager, gateway }: Repair,
  proposal: Exclude<Proposal, { kind: 'PERSON' }>,
): Promise<boolean> {
  switch (proposal.kind) {
    case 'PUT_BACK':
      return (await putBackLostFacts(books[proposal.lost.context], proposal.lost.context, nats, manager)) > 0;
    case 'HANDLE': {
      const { consumer, eventId, type } = proposal.message;
      const context = stateOf(type ?? '');
      const fact = await readJournalFact(books[context], eventId);
      return handOver(books, gateway, {
        consumer,
        fact,
        reason: 'reconcile: it was in the stream and in no inbox',
      });
    }
    case 'HAND_OVER': {
      const { consumer, fact, story } = proposal;
      const reason = `reconcile: the order was ${story.orderStatus}, its reservation ${story.reservationStatus}`;
      return handOver(books, gateway, { consumer, fact, reason });
    }
    case 'ADJUST':
      return adjustLevel(books.inventory, proposal.level, proposal.key);
  }
}

/** Whose journal has facts of a type. */
const stateOf = (type: string): Context =>
  contracts[type as keyof typeof contracts].subject.startsWith('orders.') ? 'orders' : 'inventory';
