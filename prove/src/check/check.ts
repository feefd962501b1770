import { checkAtRest, checkParked } from './at-rest.ts';
import { readEvidence } from './evidence.ts';
import { checkFactsCarried } from './facts-carried.ts';
import { FaultsSeen } from './faults-seen.ts';
import { readHistory } from './json-lines.ts';
import { checkLedger } from './ledger.ts';
import { OperationsSeen } from './operations-seen.ts';
import { checkOrderEndings } from './order-endings.ts';
import { checkOrderVersions, checkReservationFacts } from './order-versions.ts';
import { checkOrdersKept, checkPlacedOnce } from './placed-once.ts';
import { checkMovedOnce, checkTied } from './reservations.ts';
import { countSometimes } from './sometimes.ts';
import { Subscribers } from './subscribers.ts';
import { ToldStates } from './told-states.ts';
import { violationClasses, type RuleResult, type ViolationClass } from './violations.ts';

export interface CheckResult {
  readonly rules: readonly RuleResult[];
  /** How many violations of each class there are. */
  readonly totals: Readonly<Record<ViolationClass, number>>;
  /** How often each thing that a proof should meet was met, by name. */
  readonly sometimes: Readonly<Record<string, number>>;
  /** Names of those that were never met, in a run that is long enough to expect them; else empty. */
  readonly unproven: readonly string[];
  /** From the history's first to its last line. */
  readonly lengthMs: number;
}

/**
 * Checks a finished run by what stands in its folder alone: `history.jsonl`, `settings.json` and the snapshot that
 * `takeSnapshot` wrote. Reads only, so a repeat gives the same result. Rejects when a file is missing or unreadable.
 */
export async function check(folder: string): Promise<CheckResult> {
  const evidence = await readEvidence(folder);
  const operations = new OperationsSeen();
  const subscribers = new Subscribers(evidence);
  const told = new ToldStates(evidence);
  const faults = new FaultsSeen();
  let lengthMs = 0;
  for await (const line of readHistory(folder)) {
    lengthMs = line.t;
    told.see(line);
    if (line.kind === 'fault') {
      faults.see(line);
      subscribers.seeFault(line);
    } else if (line.kind === 'subscriber') subscribers.see(line);
    else if (line.kind === 'event') subscribers.hear(line);
    else if (line.kind !== 'run') operations.see(line);
  }
  operations.end();
  subscribers.end();

  const ledger = await checkLedger(evidence, operations);
  const carried = await checkFactsCarried(evidence, faults);
  const parked = await checkParked(evidence, faults);
  const rules: RuleResult[] = [
    checkOrdersKept(evidence, operations),
    checkPlacedOnce(evidence, operations),
    told.findings,
    checkOrderVersions(evidence),
    checkOrderEndings(evidence, operations, ledger.byOrder),
    ...ledger.findings,
    checkTied(evidence),
    checkMovedOnce(evidence, ledger.byOrder),
    checkReservationFacts(evidence),
    subscribers.findings,
    ...carried.findings,
    await checkAtRest(evidence),
    parked.findings,
  ];
  const sometimes = await countSometimes({
    evidence,
    operations,
    subscribers,
    faults,
    absorbed: carried.absorbed,
    redelivered: carried.redelivered,
    poison: parked.poison,
  });
  const isLong = lengthMs >= evidence.settings.longRunMs;
  return {
    rules,
    totals: totalsOf(rules),
    sometimes,
    unproven: isLong ? Object.keys(sometimes).filter((name) => sometimes[name] === 0) : [],
    lengthMs,
  };
}

const totalsOf = (rules: readonly RuleResult[]): Record<ViolationClass, number> =>
  Object.fromEntries(
    violationClasses.map((name) => [name, rules.reduce((sum, { counts }) => sum + counts[name], 0)]),
  ) as Record<ViolationClass, number>;
