/** The promise that a violation breaks. */
export type ViolationClass = 'lost' | 'oversold' | 'doubled' | 'stuck' | 'other';

export interface Violation {
  readonly class: ViolationClass;
  /** Of the rule that found it. */
  readonly rule: string;
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
  readonly count: number;
  /** The first hundred. */
  readonly violations: readonly Violation[];
}
