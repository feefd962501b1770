import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientRemains } from './client.ts';
import type { Settled } from './load.ts';
import type { Asker, Operations, OrderOperation, Placing } from './operations.ts';
import type { OpenWatches } from './slow-reader.ts';
import type { Watch } from './watch.ts';

export interface SettleOptions {
  readonly clients: readonly ClientRemains[];
  /** Watches of the operator's. */
  readonly others: readonly OpenWatches[];
  readonly operations: Operations;
  readonly gateways: number;
  readonly canDo: ReadonlySet<OrderOperation>;
  readonly hasHolds: boolean;
  readonly withinMs: number;
}

const retryMs = 500;
const atOnce = 8;
const linesOfWaiting = 20;

/** As `Load.settle`, without closing anything. */
export async function settleLoad(options: SettleOptions): Promise<Settled> {
  const { clients, others, operations, withinMs } = options;
  const beganAtMs = performance.now();
  const tasks: Task[] = [
    ...clients.flatMap(({ asker, unknown }) =>
      Array.from(unknown.values(), (placing) => settleKey(operations, asker, placing)),
    ),
    ...clients.flatMap(({ asker, watches }) => watches.map((watch) => settleWatch(options, asker, watch))),
    ...others.flatMap(({ watches }) =>
      watches.map((watch) => settleWatch(options, { client: 'operator', gateway: 0 }, watch)),
    ),
  ];
  let open = tasks;
  for (let attempt = 0; open.length > 0 && performance.now() - beganAtMs < withinMs; attempt += 1) {
    if (attempt > 0) await sleep(retryMs);
    open = await stillOpen(open, attempt % options.gateways, () => performance.now() - beganAtMs < withinMs);
  }
  return {
    isSettled: open.length === 0,
    tookMs: Math.round(performance.now() - beganAtMs),
    waiting: open.slice(0, linesOfWaiting).map((task) => task.what()),
  };
}

interface Task {
  what(): string;
  /** Tries once; resolves with whether it is settled. */
  attempt(gateway: number): Promise<boolean>;
}

async function stillOpen(tasks: readonly Task[], gateway: number, hasTime: () => boolean): Promise<Task[]> {
  const open: Task[] = [];
  const waiting = [...tasks];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      if (!hasTime() || !(await task.attempt(gateway))) open.push(task);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return open;
}

const settleKey = (operations: Operations, asker: Asker, placing: Placing): Task => ({
  what: () => `place with key ${placing.key} has no known outcome`,
  attempt: async (gateway) =>
    (await operations.place({ ...asker, gateway }, placing, 'repeat')).phase === 'ok',
});

const resting: ReadonlySet<string> = new Set(['REJECTED', 'CANCELLED', 'SHIPPING', 'DELIVERED']);

/** Placed, reserved, confirmed: inventory says that a hold is confirmed before orders has followed with a version. */
const confirmedVersion = 3;

/** A hold is confirmed, so that nothing has to wait for its end. */
function settleWatch({ operations, canDo, hasHolds }: SettleOptions, asker: Asker, watch: Watch): Task {
  let state = 'not read yet';
  return {
    what: () =>
      `order ${watch.orderId}, watched by ${asker.client} up to version ${watch.lastVersion}: ${state}`,
    attempt: async (gateway) => {
      if (watch.isComplete) return true;
      const { phase, status, version, expiresAt } = await operations.onOrder(
        { ...asker, gateway },
        'read',
        watch.orderId,
      );
      if (phase !== 'ok' || status === undefined || version === undefined) return false;
      state = `${status} version ${version}`;
      const isHeld =
        status === 'RESERVED' && expiresAt === null && (!hasHolds || version >= confirmedVersion);
      if (status === 'RESERVED' && expiresAt != null && canDo.has('confirm')) {
        await operations.onOrder({ ...asker, gateway }, 'confirm', watch.orderId);
        return false;
      }
      if (!(isHeld || resting.has(status)) || watch.lastVersion < version) return false;
      watch.end('settled');
      return true;
    },
  };
}
