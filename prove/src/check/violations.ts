/** The promise that a violation breaks. */
export type ViolationClass = 'lost' | 'oversold' | 'doubled' | 'stuck' | 'other';

export const violationClasses: readonly ViolationClass[] = ['lost', 'oversold', 'doubled', 'stuck', 'other'];

export interface Violation {
  readonly class: ViolationClass;
  /** With order ids, SKUs, keys and versions enough to look into it. */
  readonly detail: string;
}

/** One rule's result. */
export interface RuleResult {
  readonly rule: string;
  /** What holds when there is no violation. */
  readonly claim: string;
  /** How many things were looked at; a rule that looked at none has shown nothing. */
  readonly looked: number;
  readonly counts: Readonly<Record<ViolationClass, number>>;
  /** The first hundred. */
  readonly violations: readonly Violation[];
}

const kept = 100;

/** Gathers what one rule finds. */
export class Findings implements RuleResult {
  readonly rule: string;
  readonly claim: string;
  readonly violations: Violation[] = [];
  readonly counts: Record<ViolationClass, number> = { lost: 0, oversold: 0, doubled: 0, stuck: 0, other: 0 };
  looked = 0;

  constructor(rule: string, claim: string) {
    this.rule = rule;
    this.claim = claim;
  }

  look(): void {
    this.looked += 1;
  }

  add(violationClass: ViolationClass, detail: string): void {
    this.counts[violationClass] += 1;
    if (this.violations.length < kept) this.violations.push({ class: violationClass, detail });
  }

  /** Adds a violation unless `holds`. */
  expect(holds: boolean, violationClass: ViolationClass, detail: () => string): void {
    if (!holds) this.add(violationClass, detail());
  }
}
