import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyFile } from '../check/history.ts';
import { countRequests } from './requests-seen.ts';

async function counted(lines: readonly object[]) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-requests-'));
  try {
    writeFileSync(join(folder, historyFile), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return await countRequests(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const asked = (op: number, t: number, client = 'c1') => ({ kind: 'read', client, op, t, phase: 'invoke' });
const failed = (op: number, t: number, phase: 'fail' | 'unknown', client = 'c1') => ({
  ...asked(op, t, client),
  phase,
  error: 'HTTP_503',
});
const replaced = (fault: string, from: number, toldAtMs: number, goneAtMs: number, to: number) => {
  const line = { kind: 'fault', fault, target: 'orders-1' };
  return [
    { ...line, t: from, phase: 'begin' },
    { ...line, t: to, phase: 'end', detail: { toldAtMs, goneAtMs } },
  ] as const;
};

it('refused and unknown requests have failed, whenever they were sent, but for the setup', async () => {
  const { failed: found, duringRollOut } = await counted([
    asked(1, 50, 'setup'),
    failed(1, 60, 'unknown', 'setup'),
    asked(2, 100),
    failed(2, 110, 'fail'),
    ...replaced('replaced', 1_000, 2_000, 3_000, 5_000),
    asked(3, 6_000),
    failed(3, 6_100, 'unknown'),
  ]);
  expect(found).toEqual([
    { what: 'read of c1, sent at 0.10 s: HTTP_503 at 0.11 s', endedMeanwhile: null },
    { what: 'read of c1, sent at 6.00 s: HTTP_503 at 6.10 s', endedMeanwhile: null },
  ]);
  expect(duringRollOut).toBe(0);
});

it('the earlier release is named only where one of its processes was ending', async () => {
  const [first, last] = replaced('replaced', 1_000, 2_000, 3_000, 9_000);
  const whileEnding = await counted([first, asked(1, 1_900), failed(1, 2_100, 'unknown'), last]);
  expect(whileEnding).toMatchObject({ duringRollOut: 1, failed: [{ endedMeanwhile: 'orders-1' }] });
  const whenGone = await counted([first, asked(1, 3_600), failed(1, 3_700, 'fail'), last]);
  expect(whenGone.failed).toMatchObject([{ endedMeanwhile: null }]);
  const ofThisVersion = replaced('restarted', 1_000, 2_000, 3_000, 9_000);
  const lost = await counted([...ofThisVersion, asked(1, 2_100), failed(1, 2_200, 'fail')]);
  expect(lost.failed).toMatchObject([{ endedMeanwhile: null }]);
});
