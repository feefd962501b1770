import { setTimeout as sleep } from 'node:timers/promises';
import type { StockQuantity } from '../check/history.ts';
import { facilities, type Catalogue } from './catalogue.ts';
import type { Operations } from './operations.ts';
import type { Random } from './random.ts';

export interface SupplierOptions {
  readonly client: string;
  readonly runId: string;
  readonly gateways: number;
  readonly operations: Operations;
  readonly random: Random;
  readonly catalogue: Catalogue;
  readonly signal: AbortSignal;
}

/** Hot goods come for a while, and then for a while they do not, until they are sold out. */
const supplyMs = 25_000;
const droughtMs = 15_000;
const meanPauseMs = 400;
const repeatShare = 0.15;

/** Receives stock of the hot SKUs in phases until the signal; a key whose outcome is not known is repeated, others now and then. */
export async function runSupplier(options: SupplierOptions): Promise<void> {
  const { client, runId, gateways, operations, random, catalogue, signal } = options;
  let last: { readonly key: string; readonly stock: readonly StockQuantity[] } | undefined;
  let isUnknown = false;
  const beganAtMs = performance.now();
  for (let keys = 1; !signal.aborted; keys += 1) {
    const isDrought = (performance.now() - beganAtMs) % (supplyMs + droughtMs) > supplyMs;
    const isRepeat: boolean = last !== undefined && (isUnknown || random.chance(repeatShare));
    if (isRepeat || !isDrought) {
      last = isRepeat
        ? last!
        : { key: `${runId}-received-${client}-${keys}`, stock: someStock(random, catalogue) };
      const asker = { client, gateway: random.between(0, gateways - 1) };
      isUnknown = (await operations.receive(asker, last.key, last.stock)).phase === 'unknown';
    }
    await sleep(random.exponential(meanPauseMs), undefined, { signal }).catch(() => undefined);
  }
}

/** One to three different levels. */
function someStock(random: Random, { hot }: Catalogue): StockQuantity[] {
  const levels = new Map<string, StockQuantity>();
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    const level = {
      sku: random.pick(hot),
      facilityId: random.pick(facilities).id,
      zone: random.chance(0.7) ? ('PRIMARY' as const) : ('BACK' as const),
    };
    levels.set(Object.values(level).join(' '), { ...level, quantity: random.between(1, 5) });
  }
  return [...levels.values()];
}
