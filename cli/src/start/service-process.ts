import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { endOf, identifyProcess, stopProcess } from '@holdfast/servers';
import { rotateLog } from './log-tail.ts';
import type { Part } from './supervisor.ts';

/** A Node program that is kept running as a process of its own. */
export type ServiceProgram = {
  readonly name: string;
  /** The file that Node runs. */
  readonly file: string;
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Each answers 200 when the service is ready. */
  readonly readyUrls: readonly string[];
};

/** How long a service may drain; longer than its own deadline of 25 s. */
const DRAIN_MS = 30_000;

/**
 * The service as a part to be supervised. It gets a process group of its own, so that Ctrl-C in the terminal reaches only `start`,
 * which stops services before servers; what it says goes to `<logFolder>/<name>.log`.
 */
export function servicePart(program: ServiceProgram, logFolder: string): Part {
  const logFile = join(logFolder, `${program.name}.log`);
  return {
    name: program.name,
    logFile,
    launch: async () => {
      mkdirSync(logFolder, { recursive: true });
      rotateLog(logFile);
      const log = openSync(logFile, 'a');
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program.file], {
        env: { ...process.env, ...program.env },
        stdio: ['ignore', log, log],
        detached: true,
      });
      closeSync(log);
      const ended = endOf(child);
      const identity = await identifyProcess(child.pid ?? 0);
      return {
        identity: identity ?? { pid: child.pid ?? 0, startedAt: 'ended', commandLine: '' },
        ended,
        stop: async () => {
          if (identity === null) return;
          await stopProcess(identity, [
            { signal: 'SIGTERM', withinMs: DRAIN_MS },
            { signal: 'SIGKILL', withinMs: 5_000 },
          ]);
        },
      };
    },
  };
}
