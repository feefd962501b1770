import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../check/check.ts';
import { readRunFigures, type RunFigures } from './run-figures.ts';
import { readTroubles } from './troubles.ts';

export interface Report {
  readonly lines: readonly string[];
  /** 0 when nothing was lost, oversold, doubled or stuck, nothing else is wrong and the harness had no trouble; else 1. */
  readonly exitCode: 0 | 1;
}

/**
 * The table that a run ends with, of its history and of what the check found; its last line says how many were lost,
 * oversold, doubled and stuck. Also written as `report.json` into the folder, replacing an earlier one. A long run that
 * never met something that it should have met says so, and its exit code stays that of the violations.
 */
export async function reportTable(folder: string, result: CheckResult): Promise<Report> {
  const figures = await readRunFigures(folder);
  const troubles = readTroubles(folder);
  const { totals } = result;
  const exitCode = troubles.length > 0 || Object.values(totals).some((count) => count > 0) ? 1 : 0;
  const lines = [
    `seed ${figures.seed ?? 'unknown'}, ${seconds(result.lengthMs)}`,
    ...faultLines(figures),
    ...operationLines(figures),
    ...ruleLines(result),
    ...sometimesLines(result),
    recoveryLine(figures),
    ...troubles.map((trouble) => `TROUBLE: ${trouble}`),
    verdict(totals),
  ];
  const { faults, operations, ...others } = figures;
  const written = {
    ...others,
    faults: Object.fromEntries(faults),
    operations: Object.fromEntries(operations),
    ...result,
    troubles,
    exitCode,
  };
  writeFileSync(join(folder, reportFile), `${JSON.stringify(written, null, 2)}\n`);
  return { lines, exitCode };
}

const reportFile = 'report.json';
const violationsShown = 10;

function faultLines({ faults }: RunFigures): string[] {
  if (faults.size === 0) return ['', 'no faults'];
  const injected = [...faults.values()].reduce((sum, { injected }) => sum + injected, 0);
  const kinds = [...faults.values()].filter(({ injected }) => injected > 0).length;
  return [
    '',
    `faults: ${injected} of ${kinds} kinds`,
    ...table(
      ['kind', 'injected', 'skipped because'],
      Array.from(faults, ([kind, { injected, skipped }]) => [kind, String(injected), skipped.join('; ')]),
    ),
  ];
}

const outcomes = ['ok', 'no', 'fail', 'unknown'] as const;

function operationLines({ operations }: RunFigures): string[] {
  const kinds = [...new Set(Array.from(operations.keys(), (name) => name.split(' ')[0]!))];
  return [
    '',
    'operations',
    ...table(
      ['kind', 'ok', 'expected no', 'refused', 'unknown'],
      kinds.map((kind) => [
        kind,
        ...outcomes.map((outcome) => String(operations.get(`${kind} ${outcome}`) ?? 0)),
      ]),
    ),
  ];
}

function ruleLines({ rules }: CheckResult): string[] {
  return [
    '',
    'rules',
    ...rules.flatMap(({ rule, claim, looked, counts, violations }) => {
      const count = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const shown = violations
        .slice(0, violationsShown)
        .map((violation) => `      ${violation.class}: ${violation.detail}`);
      const left = count - shown.length;
      return [
        `  ${count === 0 ? 'holds ' : 'BROKEN'}  ${rule}: ${claim} (${looked} looked at${count === 0 ? '' : `, ${count} violations`})`,
        ...shown,
        ...(left > 0 ? [`      … ${left} more`] : []),
      ];
    }),
  ];
}

function sometimesLines({ sometimes, unproven }: CheckResult): string[] {
  return [
    '',
    'met on the way',
    ...table(
      [],
      Object.entries(sometimes).map(([name, count]) => [name, String(count)]),
    ),
    ...(unproven.length === 0 ? [] : [`this run has proven little: it never met ${unproven.join(', ')}`]),
  ];
}

function recoveryLine({ longestRecovery, longestDecision }: RunFigures): string {
  const recovery =
    longestRecovery === null
      ? 'no recovery was measured'
      : `longest recovery ${seconds(longestRecovery.ms)} (${longestRecovery.fault}, to the next order placed)`;
  const decision =
    longestDecision === null
      ? ''
      : `; longest from placed to decided ${seconds(longestDecision.ms)} (order ${longestDecision.orderId})`;
  return `\n${recovery}${decision}`;
}

const verdict = ({ lost, oversold, doubled, stuck, other }: CheckResult['totals']): string =>
  `lost ${lost} · oversold ${oversold} · doubled ${doubled} · stuck ${stuck}${other > 0 ? ` · other ${other}` : ''}`;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** Columns as wide as their widest cell, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = head.length > 0 ? [head, ...rows] : rows;
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    `  ${row.map((cell, column) => (/^\d+$/.test(cell) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ')}`.trimEnd(),
  );
}
