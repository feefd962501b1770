import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { endOf, identifyProcess } from './process-identity.ts';
import { stopProcess } from './stop-process.ts';

/** Nothing more is started: all that was kept has been ended, or is just being. */
export class KeeperClosedError extends Error {
  override readonly name = 'KeeperClosedError';
}

export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Where its output goes, added at the end. */
  readonly logFile: string;
}

export interface KeptProcess {
  readonly pid: number;
  /** Null while it runs; then `code 0`, `signal SIGKILL` or the like. */
  readonly end: string | null;
  readonly ended: Promise<string>;
  signal(signal: NodeJS.Signals): void;
}

/**
 * Every process of a rehearsal or a proof, so that none outlives it: each runs in a session of its own, deaf to a Ctrl-C meant
 * for this process, and is ended by its pid. Should this process die without a word, a shell that waits on a pipe from it kills
 * them, unmounts what is mounted in `folder` and removes it.
 */
export class ProcessKeeper {
  readonly #running = new Set<ChildProcess>();
  readonly #folder: string;
  readonly #guard: ChildProcess;
  #isOver = false;

  constructor(folder: string) {
    this.#folder = join(folder, 'pids');
    mkdirSync(this.#folder, { recursive: true });
    this.#guard = guardFolder(folder);
  }

  /** @throws KeeperClosedError when this keeper has ended */
  start({ file, args, env, cwd, logFile }: Launch): KeptProcess {
    if (this.#isOver) throw new KeeperClosedError('Nothing is started any more');
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    const child = spawn(file, args, { env, cwd, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    const pidFile = join(this.#folder, String(child.pid ?? 0));
    if (child.pid !== undefined) writeFileSync(pidFile, '');
    this.#running.add(child);
    let end: string | null = null;
    const ended = endOf(child).then((how) => {
      end = how;
      this.#running.delete(child);
      rmSync(pidFile, { force: true });
      return how;
    });
    return {
      pid: child.pid ?? 0,
      get end() {
        return end;
      },
      ended,
      signal: (signal) => void child.kill(signal),
    };
  }

  /** Has a process that was started otherwise, such as a server, killed should this process die without a word. */
  guard(pid: number): void {
    writeFileSync(join(this.#folder, String(pid)), '');
  }

  /** That one has ended: its pid may be another's soon. */
  release(pid: number): void {
    rmSync(join(this.#folder, String(pid)), { force: true });
  }

  /** Ends all that it started and that still run, at once and by force: what they hold is thrown away. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    const ends = [...this.#running].map(async ({ pid }) => {
      const identity = await identifyProcess(pid ?? 0);
      if (identity === null) return;
      await stopProcess(identity, [{ signal: 'SIGKILL', withinMs: 10_000 }]);
    });
    await Promise.all(ends);
    this.#guard.kill('SIGKILL');
  }
}

function guardFolder(folder: string): ChildProcess {
  const script = `read nothing
    for file in "$1"/pids/*; do [ -f "$file" ] && kill -9 "$(basename "$file")"; done
    for file in "$1"/postgres/data/postmaster.pid; do [ -f "$file" ] && kill -9 "$(head -n 1 "$file")"; done
    sleep 0.2; grep -s " $1/" /proc/mounts | while read -r _ place _; do umount -l "$place"; done
    rm -rf "$1"; sleep 1; rm -rf "$1"`;
  const guard = spawn('/bin/sh', ['-c', script, 'guard', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}
