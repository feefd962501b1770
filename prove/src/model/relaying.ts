import type { Setting } from './setting.ts';
import { withOutgoing, type Outcome } from './transaction.ts';
import type { FrozenRelay, OutboxRow, Outgoing, Service, Session, World } from './world.ts';

/** The relay that has the lease publishes one fact, gets the ack and marks it. */
export function publish(setting: Setting, world: World, by: Service, fact: string): Outcome {
  const before = world.outgoing[by];
  const session = before.publisher!;
  const { outgoing, ack } = arrive(setting, before, fact, session.generation);
  const marked = takeAck(setting, outgoing, session, fact, ack);
  const after =
    marked.verdict === 'REWIND' || marked.verdict === 'LOST'
      ? beginSession(setting, marked.outgoing, session.owner, true)
      : { ...marked.outgoing, publisher: { ...session, lastSequence: highest(session, ack) } };
  return { world: withOutgoing(world, by, after), wrong: marked.wrong };
}

/** The relay that has the lease stops for an unknown time, with a message in its socket or with an ack in its hand. */
export function freeze(
  setting: Setting,
  world: World,
  by: Service,
  fact: string,
  at: 'socket' | 'acknowledged',
): Outcome {
  const before = world.outgoing[by];
  const session = before.publisher!;
  if (at === 'socket') {
    const frozen = [...before.frozen, { ...session, fact, acknowledgedAt: null }];
    return { world: withOutgoing(world, by, { ...before, publisher: null, frozen }), wrong: [] };
  }
  const { outgoing, ack } = arrive(setting, before, fact, session.generation);
  if (isRewindSign(setting, session, ack)) return publish(setting, world, by, fact);
  const relay = { ...session, lastSequence: highest(session, ack), fact, acknowledgedAt: ack.sequence };
  const after = { ...outgoing, publisher: null, frozen: [...outgoing.frozen, relay] };
  return { world: withOutgoing(world, by, after), wrong: [] };
}

/** What was in its socket goes out, and it marks what it has an ack for; it publishes on only if nobody took its lease. */
export function wake(setting: Setting, world: World, by: Service, index: number): Outcome {
  const before = world.outgoing[by];
  const relay = before.frozen[index]!;
  const rest = { ...before, frozen: before.frozen.filter((_, each) => each !== index) };
  const { outgoing, ack } =
    relay.acknowledgedAt === null
      ? arrive(setting, rest, relay.fact, relay.generation)
      : { outgoing: rest, ack: { sequence: relay.acknowledgedAt, isDuplicate: true } };
  const { outgoing: marked, verdict, wrong } = takeAck(setting, outgoing, relay, relay.fact, ack);
  if (marked.lease.owner !== relay.owner) return { world: withOutgoing(world, by, marked), wrong };
  const after =
    verdict === 'MARKED'
      ? { ...marked, publisher: { ...sessionOf(relay), lastSequence: highest(relay, ack) } }
      : beginSession(setting, marked, relay.owner, true);
  return { world: withOutgoing(world, by, after), wrong };
}

/** The lease ran out, since its owner is frozen or dead, and another relay gets it. */
export function takeOver(setting: Setting, world: World, by: Service): Outcome {
  const before = world.outgoing[by];
  const after = beginSession(
    setting,
    before,
    before.lease.owner + 1,
    setting.mechanisms.lookBeforePublishing,
  );
  return { world: withOutgoing(world, by, after), wrong: [] };
}

/** The regular look at the tail, which asks only for the message of the highest kept sequence. */
export function lookAtTail(setting: Setting, world: World, by: Service): Outcome {
  const before = world.outgoing[by];
  if (isTailPresent(before)) return { world, wrong: [] };
  return {
    world: withOutgoing(world, by, beginSession(setting, before, before.lease.owner, true)),
    wrong: [],
  };
}

export function isTailPresent(outgoing: Outgoing): boolean {
  const newest = keptRows(outgoing).at(-1);
  return newest === undefined || holds(outgoing, newest);
}

interface Ack {
  readonly sequence: number;
  readonly isDuplicate: boolean;
}

/** The stream stores a message, or drops it since it has its id. */
function arrive(
  { mechanisms }: Setting,
  outgoing: Outgoing,
  fact: string,
  generation: number,
): { readonly outgoing: Outgoing; readonly ack: Ack } {
  const at = outgoing.stream.findIndex((message) => message.fact === fact);
  if (at >= 0 && mechanisms.streamDropsDuplicates)
    return { outgoing, ack: { sequence: at + 1, isDuplicate: true } };
  const stream = [...outgoing.stream, { fact, generation }];
  return { outgoing: { ...outgoing, stream }, ack: { sequence: stream.length, isDuplicate: false } };
}

type Verdict = 'MARKED' | 'LOST' | 'REWIND';

/** A relay marks what it has an ack for. `LOST`: the mark does not count; `REWIND`: the stream cannot be what it was. */
function takeAck(
  setting: Setting,
  outgoing: Outgoing,
  session: Session,
  fact: string,
  ack: Ack,
): { readonly outgoing: Outgoing; readonly verdict: Verdict; readonly wrong: readonly string[] } {
  const { markComparesEpoch, uniqueSequences, keepPublishedRows } = setting.mechanisms;
  const { lease, outbox } = outgoing;
  if (isRewindSign(setting, session, ack)) return { outgoing, verdict: 'REWIND', wrong: [] };
  if (markComparesEpoch && session.epoch !== lease.epoch) return { outgoing, verdict: 'LOST', wrong: [] };
  const row = outbox.find((each) => each.fact === fact);
  if (row === undefined || row.sequence !== null) return { outgoing, verdict: 'LOST', wrong: [] };
  if (uniqueSequences && outbox.some(({ sequence }) => sequence === ack.sequence))
    return { outgoing, verdict: 'REWIND', wrong: [] };
  const marked = outbox.flatMap((each) =>
    each !== row ? [each] : keepPublishedRows ? [{ ...row, sequence: ack.sequence }] : [],
  );
  const wrong = [
    ...(session.owner === lease.owner ? [] : [`a relay that has lost the lease marked ${fact}`]),
    ...(session.generation >= row.ghostClearedIn
      ? []
      : [`an ack from before a repair marked ${fact}, which the repair had found lost`]),
  ];
  return { outgoing: { ...outgoing, outbox: marked }, verdict: 'MARKED', wrong };
}

const isRewindSign = ({ mechanisms }: Setting, session: Session, ack: Ack): boolean =>
  mechanisms.compareAcks && !ack.isDuplicate && ack.sequence <= session.lastSequence;

const highest = (session: Session, ack: Ack): number => Math.max(session.lastSequence, ack.sequence);

const sessionOf = ({ owner, epoch, generation, lastSequence }: FrozenRelay): Session => ({
  owner,
  epoch,
  generation,
  lastSequence,
});

/** Takes the lease, repairs the tail if it is lost, and is ready to publish. */
function beginSession(setting: Setting, before: Outgoing, owner: number, looks: boolean): Outgoing {
  const { epoch, generation } = before.lease;
  const lease = { owner, epoch: setting.mechanisms.leaseEpoch ? epoch + 1 : epoch, generation };
  const outgoing = looks ? repair({ ...before, lease }) : { ...before, lease };
  const lastSequence = keptRows(outgoing).at(-1)?.sequence ?? 0;
  return { ...outgoing, publisher: { ...outgoing.lease, lastSequence } };
}

/** Makes every row from the first lost one on unpublished again, in a new epoch and generation. */
function repair(outgoing: Outgoing): Outgoing {
  const firstLost = keptRows(outgoing).find((row) => !holds(outgoing, row))?.sequence ?? null;
  if (firstLost === null) return outgoing;
  const { owner, epoch } = outgoing.lease;
  const generation = outgoing.lease.generation + 1;
  return {
    ...outgoing,
    lease: { owner, epoch: epoch + 1, generation },
    outbox: outgoing.outbox.map((row) =>
      row.sequence !== null && row.sequence >= firstLost
        ? { fact: row.fact, sequence: null, ghostClearedIn: generation }
        : row,
    ),
  };
}

const keptRows = ({ outbox }: Outgoing): readonly OutboxRow[] =>
  outbox.filter(({ sequence }) => sequence !== null).sort((one, other) => one.sequence! - other.sequence!);

const holds = ({ stream }: Outgoing, { fact, sequence }: OutboxRow): boolean =>
  stream[sequence! - 1]?.fact === fact;
