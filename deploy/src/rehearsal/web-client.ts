import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '../manifests/processes.ts';

/** Builds what the image has of the web client, unless it is there. Rejects with what the build said. */
export async function ensureWebClient(say: (line: string) => void): Promise<void> {
  if (existsSync(join(repository, 'web', 'dist', 'index.html'))) return;
  say('The web client is built first …');
  await promisify(execFile)(process.execPath, [join('cli', 'src', 'build.ts')], { cwd: repository });
}
