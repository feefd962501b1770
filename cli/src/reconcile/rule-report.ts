/** What one rule's check found. */
export interface RuleReport {
  readonly rule: 2 | 3 | 4 | 5 | 6;
  /** What holds when there is no violation. */
  readonly claim: string;
  readonly looked: readonly Looked[];
  readonly violations: Findings;
  /** Still on its way, and not for long enough to be a violation. */
  readonly inFlight: Findings;
}

export interface Looked {
  readonly count: number;
  readonly what: string;
}

/** How many there are, and the first ten in words. */
export interface Findings {
  readonly count: number;
  readonly first: readonly string[];
}

const kept = 10;

export class FindingList implements Findings {
  readonly first: string[] = [];
  count = 0;

  add(detail: string): void {
    this.count += 1;
    if (this.first.length < kept) this.first.push(detail);
  }

  /** Adds `total` findings, of which these are the first. */
  addSome(total: number, details: readonly string[]): void {
    for (const detail of details) this.add(detail);
    this.count += total - details.length;
  }

  /** Adds rows of a statement that gives the first ten with the number of all as `total`. */
  addRows<Row extends { total: string }>(rows: readonly Row[], detail: (row: Row) => string): void {
    this.addSome(Number(rows[0]?.total ?? 0), rows.map(detail));
  }
}

/** The lines that show a report. */
export function reportLines({ rule, claim, looked, violations, inFlight }: RuleReport): string[] {
  const rows = looked.map(({ count, what }) => `${count} ${what}`).join(', ');
  return [
    `rule ${rule}  ${violations.count === 0 ? 'holds ' : 'BROKEN'}  ${claim}: looked at ${rows}; ${violations.count} violations${inFlight.count === 0 ? '' : `, ${inFlight.count} in flight`}`,
    ...detailLines('violation', violations),
    ...detailLines('in flight', inFlight),
  ];
}

function detailLines(kind: string, { count, first }: Findings): string[] {
  const lines = first.map((detail) => `        ${kind}: ${detail}`);
  return count > first.length ? [...lines, `        … ${count - first.length} more`] : lines;
}
