import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverCertificate } from '@holdfast/servers/certificates';
import { developmentKeyIn } from '@holdfast/cli/development-key';
import { breakages } from './breakages.ts';
import { checks, type CheckName } from './checks.ts';
import type { SettingsOptions } from './check-settings.ts';
import type { Manifest } from './manifest.ts';
import { overlays, renderOverlay, type Overlay } from './render.ts';
import { problemsIn, type Row } from './row.ts';

const checkNames = Object.keys(checks) as CheckName[];

let folder: string;
let options: SettingsOptions;
const rendered = new Map<Overlay, readonly Manifest[]>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-files-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const certificate = await serverCertificate('nats', ['nats'], new Date());
  options = {
    standIns: {
      NATS_CA_FILE: file('ca.crt', certificate['ca.crt']),
      JWT_PUBLIC_KEY_FILE: file('jwks.json', developmentKeyIn(join(folder, 'key.json')).jwks),
      GATEWAY_WEB_ROOT: folder,
    },
  };
  for (const overlay of overlays) rendered.set(overlay, (await renderOverlay(overlay)).manifests);
});
afterAll(() => rmSync(folder, { recursive: true }));

const rowsOf = (check: CheckName, manifests: readonly Manifest[]): Promise<readonly Row[]> =>
  checks[check](manifests, options);

describe.each(overlays)('the manifests of %s and the code', (overlay) => {
  it.each(checkNames)('agree on %s', async (check) => {
    const rows = await rowsOf(check, rendered.get(overlay)!);
    console.log(`${overlay}, ${check}: ${rows.length} rows`);
    // Nothing asks for metrics there.
    expect(rows.length === 0).toBe(overlay === 'local' && check === 'metrics');
    expect(problemsIn(rows)).toEqual([]);
  });
});

describe('what is broken on purpose', () => {
  it.each(breakages)('is named: %s, in %s (%s)', async (_what, overlay, check, broken, problem) => {
    const manifests = rendered.get(overlay)!;
    expect(problemsIn(await rowsOf(check, manifests))).not.toContainEqual(expect.stringMatching(problem));
    const problems = problemsIn(await rowsOf(check, broken(manifests)));
    expect(problems).toContainEqual(expect.stringMatching(problem));
  });

  it('is counted, and every check is among it', () => {
    console.log(`${breakages.length} breakages`);
    expect(new Set(breakages.map(([, , check]) => check))).toEqual(new Set(checkNames));
  });
});
