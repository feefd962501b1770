import { execFile } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process as the system tells it apart from a later one with the same pid. */
export type ProcessIdentity = {
  readonly pid: number;
  /** Opaque; equal exactly for the same process. */
  readonly startedAt: string;
  readonly commandLine: string;
};

/** A process that this one started. */
export type RunningServer = ProcessIdentity & {
  /** Resolves, with how it ended in words, when it is gone. */
  readonly ended: Promise<string>;
};

/** The live process with this pid, or null when there is none. One that has ended but was not yet collected is none. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | null> {
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Whether the process that was recorded is the one that has its pid now. */
export async function isStillRunning(recorded: Pick<ProcessIdentity, 'pid' | 'startedAt'>): Promise<boolean> {
  return (await identifyProcess(recorded.pid))?.startedAt === recorded.startedAt;
}

/** Resolves, with how it ended in words, when a child process is gone or could not be started. */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `code ${code}` : `signal ${signal}`));
  });
}

async function fromProc(pid: number): Promise<ProcessIdentity | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command name, in parentheses, may hold spaces; state is the first field after it, start time the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    return { pid, startedAt: `${boot}/${fields[19]}`, commandLine };
  } catch {
    return null; // It ended, perhaps between two reads.
  }
}

async function fromPs(pid: number): Promise<ProcessIdentity | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=,command=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C' },
    });
    const match = /^\s*(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/m.exec(stdout);
    if (match === null || match[1]?.startsWith('Z')) return null;
    return { pid, startedAt: match[2] ?? '', commandLine: match[3] ?? '' };
  } catch {
    return null;
  }
}
