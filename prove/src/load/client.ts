import { setTimeout as sleep } from 'node:timers/promises';
import { destinations, someLines, type Catalogue } from './catalogue.ts';
import type { HistoryWriter } from './history-writer.ts';
import { openLiveLink } from './live-link.ts';
import type { Asker, Operations, OrderOperation, Outcome, Placing } from './operations.ts';
import type { Random } from './random.ts';
import type { OpenWatches } from './slow-reader.ts';
import { watchOrder, type Watch } from './watch.ts';

export interface ClientOptions {
  readonly client: string;
  readonly customer: string;
  readonly urls: readonly string[];
  readonly firstGateway: number;
  readonly operations: Operations;
  readonly history: HistoryWriter;
  readonly random: Random;
  readonly catalogue: Catalogue;
  /** Of the mutations that the gateway has. */
  readonly canDo: ReadonlySet<OrderOperation>;
  /** Between the beginnings of two operations, on average, when answers are quick. */
  readonly meanPauseMs: number;
  /** Orders of everybody, the newest last. */
  readonly board: Board;
  readonly signal: AbortSignal;
}

/** Orders that clients were told of; remembers only the newest. */
export interface Board {
  add(orderId: string): void;
  newest(): readonly string[];
}

/** What is left to be settled when a client has stopped. */
export interface ClientRemains extends OpenWatches {
  readonly asker: Asker;
  /** Places whose outcome is not known. */
  readonly unknown: ReadonlyMap<string, Placing>;
}

interface OwnOrder {
  readonly orderId: string;
  readonly placing: Placing;
}

type Choice =
  'place' | 'twice' | 'again' | 'altered' | 'list' | 'availability' | 'foreignCancel' | OrderOperation;

const weights: Readonly<Record<Choice, number>> = {
  place: 42,
  twice: 2,
  again: 4,
  altered: 1,
  cancel: 6,
  foreignCancel: 1,
  confirm: 4,
  extend: 2,
  ship: 9,
  deliver: 7,
  read: 14,
  list: 4,
  availability: 4,
};

const ordersRemembered = 40;
const watchesAtOnce = 6;
const shares = {
  watched: 0.3,
  fromStart: 0.5,
  cancelledAtOnce: 0.05,
  unknownRepeatedAtOnce: 0.6,
  confirmedSoon: 0.5,
  confirmedLate: 0.3,
};
/** How long before and after the end of a hold it is confirmed deliberately late. */
const aroundEndMs = 1_000;

/** One customer that acts until the signal, one operation after the other but for a few that are sent twice at once. */
export async function runClient(options: ClientOptions): Promise<ClientRemains> {
  const { client, customer, urls, operations, history, random, catalogue, canDo, board, signal } = options;
  const link = openLiveLink(urls, options.firstGateway, customer);
  const own: OwnOrder[] = [];
  const unknown = new Map<string, Placing>();
  const due: { readonly atMs: number; readonly kind: OrderOperation; readonly orderId: string }[] = [];
  let watches: Watch[] = [];
  let keys = 0;

  const asker = (): Asker & { customer: string } => ({
    client,
    customer,
    gateway: random.between(0, urls.length - 1),
  });
  const elsewhere = (first: Asker): Asker => ({ ...first, gateway: (first.gateway + 1) % urls.length });
  const operator = (): Asker => ({ client, gateway: random.between(0, urls.length - 1) });

  async function place(isTwice: boolean): Promise<void> {
    keys += 1;
    const placing = {
      key: `${client}-${keys}`,
      lines: someLines(random, catalogue),
      destination: random.pick(destinations),
    };
    const first = asker();
    const outcomes = await Promise.all([
      operations.place(first, placing),
      ...(isTwice ? [operations.place(elsewhere(first), placing, 'repeat')] : []),
    ]);
    await follow(placing, outcomes, first);
  }

  /** What a client does after the answer, or without one. */
  async function follow(placing: Placing, outcomes: readonly Outcome[], first: Asker): Promise<void> {
    const told = outcomes.find(({ orderId }) => orderId !== undefined);
    if (told?.orderId !== undefined) return remember(placing, told.orderId);
    if (!outcomes.some(({ phase }) => phase === 'unknown')) return;
    unknown.set(placing.key, placing);
    if (random.chance(shares.unknownRepeatedAtOnce)) await repeat(placing, elsewhere(first));
  }

  async function repeat(placing: Placing, by: Asker): Promise<void> {
    const { phase, orderId } = await operations.place(by, placing, 'repeat');
    if (phase === 'ok') unknown.delete(placing.key);
    if (orderId !== undefined) await remember(placing, orderId);
  }

  async function remember(placing: Placing, orderId: string): Promise<void> {
    if (own.some((order) => order.orderId === orderId)) return;
    own.push({ orderId, placing });
    if (own.length > ordersRemembered) own.shift();
    board.add(orderId);
    if (random.chance(shares.watched)) watch(orderId);
    if (random.chance(shares.cancelledAtOnce)) await operations.onOrder(asker(), 'cancel', orderId);
    else due.push({ atMs: performance.now() + random.between(300, 1_500), kind: 'read', orderId });
  }

  /** The oldest is left when there are too many, but never one that has heard nothing yet. */
  function watch(orderId: string): void {
    watches = watches.filter(({ isComplete }) => !isComplete);
    if (watches.length >= watchesAtOnce) {
      const leaving = watches.find(({ lastStatus }) => lastStatus !== null && lastStatus !== 'PENDING');
      if (leaving === undefined) return;
      leaving.end('left');
      watches = watches.filter((watch) => watch !== leaving);
    }
    watches.push(watchOrder({ client, link, history, orderId, fromStart: random.chance(shares.fromStart) }));
  }

  /** A hold that was read is confirmed soon, deliberately close to its end, or never. */
  async function read(orderId: string): Promise<void> {
    const { status, expiresAt } = await operations.onOrder(asker(), 'read', orderId);
    if (status !== 'RESERVED' || expiresAt == null || due.some((task) => task.orderId === orderId)) return;
    const endInMs = Date.parse(expiresAt) - Date.now();
    if (random.chance(shares.confirmedSoon)) due.push({ atMs: performance.now(), kind: 'confirm', orderId });
    else if (random.chance(shares.confirmedLate)) {
      const atMs = performance.now() + endInMs + (random.next() * 2 - 1.5) * aroundEndMs;
      due.push({ atMs, kind: random.chance(0.8) ? 'confirm' : 'extend', orderId });
    }
  }

  async function onOrder(kind: OrderOperation, orderId: string): Promise<void> {
    if (!canDo.has(kind)) return;
    if (kind === 'read') return read(orderId);
    await operations.onOrder(kind === 'ship' || kind === 'deliver' ? operator() : asker(), kind, orderId);
  }

  async function act(choice: Choice): Promise<void> {
    const order = random.pick(own);
    switch (choice) {
      case 'place':
      case 'twice':
        return place(choice === 'twice');
      case 'again': {
        const waiting = unknown.values().next().value ?? order?.placing;
        return waiting === undefined ? undefined : repeat(waiting, asker());
      }
      case 'altered': {
        if (order === undefined) return;
        const lines = [...order.placing.lines, { sku: random.pick(catalogue.cold), quantity: 1 }];
        return void (await operations.place(asker(), { ...order.placing, lines }, 'repeat'));
      }
      case 'foreignCancel': {
        const foreign = random.pick(board.newest());
        if (foreign !== undefined) await onOrder('cancel', foreign);
        return;
      }
      case 'list':
        return void (await operations.listOwn(asker()));
      case 'availability':
        return void (await operations.availability(asker(), random.pick(catalogue.hot)));
      case 'cancel':
      case 'confirm':
      case 'extend':
      case 'ship':
      case 'deliver':
      case 'read':
        return order === undefined ? undefined : onOrder(choice, order.orderId);
    }
  }

  while (!signal.aborted) {
    const beganAtMs = performance.now();
    const place = due.findIndex(({ atMs }) => atMs <= beganAtMs);
    if (place === -1) await act(random.weighted(weights));
    else {
      const [task] = due.splice(place, 1);
      await onOrder(task!.kind, task!.orderId);
    }
    const pauseMs = random.exponential(options.meanPauseMs) - (performance.now() - beganAtMs);
    await sleep(Math.max(1, pauseMs), undefined, { signal }).catch(() => undefined);
  }
  return { asker: { client, customer, gateway: 0 }, unknown, watches, close: () => link.close() };
}
