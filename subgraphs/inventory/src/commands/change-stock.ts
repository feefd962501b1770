import type { Database, Tx } from '@holdfast/messaging';
import { invalidInput, textProblem, type Problem } from '@holdfast/service';
import { createHash } from 'node:crypto';
import {
  levelName,
  maxUnitsPerLevel,
  type ChangeRefusal,
  type Level,
  type LevelKey,
  type StockBook,
} from '../domain/stock.ts';
import { findDueHolds } from '../store/due-holds.ts';
import { unknownFacilities } from '../store/facilities.ts';
import { createLevels } from '../store/levels.ts';
import { unknownSkus } from '../store/products.ts';
import { lockReservations } from '../store/reservations.ts';
import { claimStockCommand, recordStockCommand } from '../store/stock-commands.ts';
import { releaseDueHolds, writeDecisions } from './expire-holds.ts';
import { maxInputRows, refused, type StockResult } from './stock-result.ts';

export interface StockLine extends LevelKey {
  readonly quantity: number;
}

export interface StockChange {
  /** RECEIVED adds units; ADJUSTED adds or takes them. */
  readonly kind: 'RECEIVED' | 'ADJUSTED';
  readonly idempotencyKey: string;
  readonly reason: string | null;
  readonly lines: readonly StockLine[];
}

/** Ends the transaction and leaves nothing of it: the claim of a refused command's key goes with it. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('the command was refused');
    this.problems = problems;
  }
}

/**
 * Adds or takes units, all lines or none, once for each idempotency key: a repeat answers as the first time, with other
 * content it is IDEMPOTENCY_KEY_REUSED. Never below what is reserved, nor above what a level may hold. Due holds of the SKUs
 * are released first: their units are reserved for nobody. `onLevelsChanged` is told before the commit.
 */
export async function changeStock(
  database: Database,
  change: StockChange,
  onLevelsChanged: (levels: readonly Level[]) => void = () => {},
): Promise<StockResult> {
  const problems = inputProblems(change);
  if (problems.length > 0) return refused(problems);
  try {
    return await database.transaction((tx) => changeOnce(tx, change, onLevelsChanged));
  } catch (error) {
    if (error instanceof Refusal) return refused(error.problems);
    throw error;
  }
}

async function changeOnce(
  tx: Tx,
  change: StockChange,
  onLevelsChanged: (levels: readonly Level[]) => void,
): Promise<StockResult> {
  const hash = contentHash(change);
  const done = await claimStockCommand(tx, change.idempotencyKey, hash);
  if (done !== null) {
    if (!done.contentHash.equals(hash)) throw new Refusal([keyReused]);
    return { changed: done.levels.length, levels: done.levels, problems: [] };
  }
  const unknown = await unknownNames(tx, change.lines);
  if (unknown.length > 0) throw new Refusal(unknown);
  const due = await findDueHolds(tx, [...new Set(change.lines.map(({ sku }) => sku))]);
  const holds = await lockReservations(tx, due);
  await createLevels(tx, change.lines);
  const released = await releaseDueHolds(tx, holds, change.lines);
  const { book, now } = released;
  const problems = change.lines.flatMap((line, index) => moveLine(book, change, line, index));
  if (problems.length > 0) throw new Refusal(problems);
  await writeDecisions(tx, released);
  const named = new Set(change.lines.map(levelName));
  const levels = book.changedLevels().filter((level) => named.has(levelName(level)));
  await recordStockCommand(tx, change.idempotencyKey, levels, now);
  onLevelsChanged(book.changedLevels());
  return { changed: levels.length, levels, problems: [] };
}

const keyReused: Problem = {
  code: 'IDEMPOTENCY_KEY_REUSED',
  message: 'This idempotencyKey was used before with other content',
  path: ['idempotencyKey'],
};

function inputProblems({ kind, idempotencyKey, reason, lines }: StockChange): Problem[] {
  const problems = [
    textProblem(idempotencyKey, ['idempotencyKey'], { min: 1 }),
    reason === null ? null : textProblem(reason, ['reason']),
    lines.length >= 1 && lines.length <= maxInputRows
      ? null
      : invalidInput(`${lines.length} lines; allowed: 1 to ${maxInputRows}`, ['lines']),
  ];
  if (lines.length <= maxInputRows) {
    const least = kind === 'RECEIVED' ? 1 : -maxUnitsPerLevel;
    for (const [index, { sku, facilityId, quantity }] of lines.entries()) {
      problems.push(
        textProblem(sku, ['lines', index, 'sku'], { min: 1 }),
        textProblem(facilityId, ['lines', index, 'facilityId'], { min: 1 }),
        quantityProblem(quantity, least, ['lines', index, 'quantity']),
      );
    }
  }
  return problems.filter((problem) => problem !== null);
}

function quantityProblem(
  quantity: number,
  least: number,
  path: readonly (string | number)[],
): Problem | null {
  if (Number.isInteger(quantity) && quantity >= least && quantity <= maxUnitsPerLevel && quantity !== 0) {
    return null;
  }
  const allowed = `a whole number from ${least} to ${maxUnitsPerLevel}${least < 0 ? ', but not 0' : ''}`;
  return invalidInput(`quantity is ${quantity}; allowed: ${allowed}`, path);
}

async function unknownNames(tx: Tx, lines: readonly StockLine[]): Promise<Problem[]> {
  const skus = await unknownSkus(
    tx,
    lines.map(({ sku }) => sku),
  );
  const facilities = await unknownFacilities(
    tx,
    lines.map(({ facilityId }) => facilityId),
  );
  return lines.flatMap(({ sku, facilityId }, index) => [
    ...(skus.has(sku) ? [unknownName('UNKNOWN_SKU', `There is no product ${sku}`, index, 'sku')] : []),
    ...(facilities.has(facilityId)
      ? [unknownName('UNKNOWN_FACILITY', `There is no facility ${facilityId}`, index, 'facilityId')]
      : []),
  ]);
}

const unknownName = (code: string, message: string, line: number, field: string): Problem => ({
  code,
  message,
  path: ['lines', String(line), field],
});

function moveLine(book: StockBook, change: StockChange, line: StockLine, index: number): Problem[] {
  const { kind, reason } = change;
  const refusal = book.move(line, {
    kind,
    reason,
    orderId: null,
    onHandChange: line.quantity,
    reservedChange: 0,
  });
  if (refusal === null) return [];
  return [{ code: refusal, message: wordsFor(refusal, line), path: ['lines', String(index), 'quantity'] }];
}

function wordsFor(refusal: ChangeRefusal, { sku, facilityId, zone, quantity }: StockLine): string {
  const level = `${sku} at ${facilityId} ${zone}`;
  switch (refusal) {
    case 'BELOW_RESERVED':
      return `${quantity} would take ${level} below what is reserved`;
    case 'ABOVE_LEVEL_LIMIT':
      return `${quantity} would take ${level} above ${maxUnitsPerLevel} units`;
    case 'UNKNOWN_LEVEL':
      return `There is no level of ${level}`;
  }
}

/** Of the content as sent, lines in any order. */
function contentHash({ kind, reason, lines }: StockChange): Buffer {
  const sorted = lines
    .map(({ sku, facilityId, zone, quantity }) => JSON.stringify([sku, facilityId, zone, quantity]))
    .sort();
  return createHash('sha256')
    .update(JSON.stringify([kind, reason, sorted]))
    .digest();
}
