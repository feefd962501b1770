import type { CpuTime } from './cpu-time.ts';
import type { Decisions } from './decisions.ts';
import type { LedgerCounts } from './ledger.ts';
import type { ReceivedStock } from './receive-stock.ts';
import type { Survey } from './survey.ts';

export interface ReplayFigures {
  readonly survey: Survey;
  readonly stock: ReceivedStock;
  readonly stockShare: number;
  readonly counts: LedgerCounts;
  readonly decisions: Decisions;
  readonly stillPending: number;
  readonly placingMs: number;
  /** From the first order sent to the last one decided. */
  readonly totalMs: number;
  readonly retries: number;
  /** CPU spent from the first order sent to the last one decided; null where it cannot be read. */
  readonly cpuMs: readonly CpuTime[] | null;
}

/** The lines that a replay ends with. */
export function summaryLines(figures: ReplayFigures): string[] {
  const { survey, stock, counts, decisions } = figures;
  const sent = counts.placed + counts.alreadyThere;
  const unknown = [...counts.unknownCountries.values()].reduce((sum, count) => sum + count, 0);
  return [
    '',
    row('files', `${survey.files.length}, ${survey.rows + survey.malformed} lines`),
    row('malformed lines', survey.malformed),
    row('no order, by kind', listOf(survey.noOrder) || 'none'),
    row(
      'country unknown',
      unknown === 0 ? '0' : `${unknown} invoices not placed: ${listOf(counts.unknownCountries)}`,
    ),
    row(
      'stock',
      `${stock.stockUnits} units for a demand of ${stock.demandUnits} (--stock ${figures.stockShare}), once for each file`,
    ),
    ...stock.otherShare.map((path) =>
      row('', `${path}: its stock was received before with another share; none was added`),
    ),
    row(
      'credit notes',
      `${counts.returns} received as returned stock, ${counts.returnedUnits} units; once for each file`,
    ),
    row('invoices read', `${survey.invoices}, ${survey.invoicesOfGoods} of them with goods`),
    row('placed', counts.placed),
    row(
      'already there',
      `${counts.alreadyThere}${counts.placed === 0 && sent > 0 ? ' (nothing was placed twice)' : ''}`,
    ),
    row('refused', counts.refused),
    ...counts.refusals.map((refusal) => row('', refusal)),
    row('decided', listOf(decisions.byStatus) || 'none'),
    ...[...decisions.byCountry]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([country, statuses]) => row(`  ${country}`, listOf(statuses))),
    row('still PENDING', figures.stillPending),
    ...(decisions.missing === 0
      ? []
      : [row('not listed', `${decisions.missing} orders that the system had acknowledged`)]),
    row('lines, units', `${counts.lines}, ${counts.units}`),
    row('split orders', `${decisions.splitOrders} tied at more than one facility`),
    row(
      'rate',
      `${rate(sent, figures.placingMs)} orders/s, ${rate(counts.lines, figures.placingMs)} lines/s acknowledged; ${rate(counts.placed, figures.totalMs)} orders/s placed and decided`,
    ),
    row('placed to decided', latencyText(decisions.decidedAfterMs)),
    row('requests repeated', figures.retries),
    ...cpuLines(figures.cpuMs, counts.placed),
  ];
}

const row = (name: string, value: string | number): string => `${name.padEnd(20)}${value}`;

const listOf = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

const rate = (count: number, ms: number): string => (ms === 0 ? '0' : ((count * 1_000) / ms).toFixed(0));

function latencyText(ascendingMs: readonly number[]): string {
  if (ascendingMs.length === 0) return 'no order was placed and decided by this run';
  return `p50 ${percentile(ascendingMs, 50)} ms, p99 ${percentile(ascendingMs, 99)} ms`;
}

/** The smallest value that at least `percent` of the values do not exceed (nearest rank). */
export function percentile(ascending: readonly number[], percent: number): number {
  return ascending[Math.max(0, Math.ceil((ascending.length * percent) / 100) - 1)]!;
}

function cpuLines(cpuMs: readonly CpuTime[] | null, placed: number): string[] {
  if (cpuMs === null) return [row('CPU', 'read from /proc of the processes in run.json: not to be had here')];
  return cpuMs.map(({ name, ms }, index) =>
    row(
      index === 0 ? 'CPU' : '',
      `${name.padEnd(12)} ${(ms / 1_000).toFixed(1)} s${placed === 0 ? '' : `, ${(ms / placed).toFixed(2)} ms an order`}`,
    ),
  );
}
