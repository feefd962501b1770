import { execFile } from 'node:child_process';
import type { ExecFileOptions } from 'node:child_process';

/** A command that ended with another code than 0, was killed, or is not there; the message ends with what it wrote. */
export class CommandFailedError extends Error {
  override readonly name = 'CommandFailedError';
}

/** Runs a program without a shell and gives its standard output. Rejects with CommandFailedError, also after `timeout` (60 s). */
export function runCommand(
  file: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      file,
      args,
      { timeout: 60_000, maxBuffer: 16 * 1024 * 1024, ...options, encoding: 'utf8' },
      (cause, stdout, stderr) => {
        if (cause === null) return resolve(stdout);
        const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join('\n');
        reject(new CommandFailedError(`${file} failed: ${said || cause.message}`, { cause }));
      },
    );
  });
}
