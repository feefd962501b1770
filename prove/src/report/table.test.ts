import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aRun, orderOf, writeRun, type Run } from '../check/testing/a-run.ts';
import { checkAndReport } from './replay.ts';
import { writeTroubles } from './troubles.ts';

async function reported(run: Run, troubles: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'prove-report-'));
  try {
    writeRun(run, folder);
    writeTroubles(folder, troubles);
    const report = await checkAndReport(folder);
    return {
      ...report,
      file: JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Record<string, unknown>,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('ends with the four numbers, and with exit code 0 when all are zero', async () => {
  const { lines, exitCode, file } = await reported(aRun());
  expect([lines.at(-1), exitCode, file['exitCode']]).toEqual([
    'lost 0 · oversold 0 · doubled 0 · stuck 0',
    0,
    0,
  ]);
});

test('ends with exit code 1 and names what is broken', async () => {
  const run = aRun();
  Object.assign(orderOf(run, 'rejected'), { status: 'PENDING', version: 1 });
  const { lines, exitCode } = await reported(run);
  expect([lines.at(-1), exitCode]).toEqual(['lost 1 · oversold 0 · doubled 0 · stuck 1', 1]);
  expect(lines).toContain('      stuck: order rejected is PENDING at version 1');
});

test('ends with exit code 1 when the harness had trouble, whatever the books say', async () => {
  const { lines, exitCode, file } = await reported(aRun(), ['orders-2 is not ready after healing']);
  expect(lines.at(-2)).toBe('TROUBLE: orders-2 is not ready after healing');
  expect([exitCode, file['exitCode']]).toEqual([1, 1]);
});

test('says which faults were injected, which were skipped and why, and how long the next order took', async () => {
  const run = aRun();
  const isPlace = (line: Run['history'][number]): boolean => line.kind === 'place' && line.phase === 'invoke';
  const at = run.history.findLastIndex(isPlace);
  run.history.splice(
    at,
    0,
    { kind: 'fault', fault: 'kill', target: 'orders-1', phase: 'begin' },
    { kind: 'fault', fault: 'kill', target: 'orders-1', phase: 'end' },
    {
      kind: 'fault',
      fault: 'clock',
      target: 'orders-1',
      phase: 'skipped',
      detail: { why: 'no libfaketime' },
    },
  );
  const { lines, file } = await reported(run);
  expect(lines).toContain('  kill          1');
  expect(lines).toContain('  clock         0  no libfaketime');
  expect(file['longestRecovery']).toEqual({ ms: 3_000, fault: 'kill of orders-1' });
});
