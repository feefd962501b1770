import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface NamedProcess {
  readonly name: string;
  readonly pid: number;
}

/** CPU milliseconds of a process and of its children since it began. */
export interface CpuTime extends NamedProcess {
  readonly ms: number;
}

/**
 * Reads the CPU time of processes from /proc, children that are not named themselves included (PostgreSQL works in them). Null where there is no
 * /proc to read, as on anything but Linux. A process that is gone is left out.
 */
export function cpuTimes(processes: readonly NamedProcess[]): CpuTime[] | null {
  if (process.platform !== 'linux') return null;
  const msPerTick = 1_000 / ticksPerSecond();
  const stats = new Map<number, ProcessStat>();
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? statOf(Number(entry)) : null;
    if (stat !== null) stats.set(stat.pid, stat);
  }
  const named = new Set(processes.map(({ pid }) => pid));
  return processes.flatMap(({ name, pid }) => {
    const own = stats.get(pid);
    if (own === undefined) return [];
    let ticks = own.ticks + own.endedChildrenTicks;
    for (const child of stats.values()) {
      if (child.parentPid === pid && !named.has(child.pid)) ticks += child.ticks + child.endedChildrenTicks;
    }
    return [{ name, pid, ms: ticks * msPerTick }];
  });
}

/** What was spent between two readings; a process that was started in between counts from its start. */
export function cpuSpent(before: readonly CpuTime[], after: readonly CpuTime[]): CpuTime[] {
  return after.map(({ name, pid, ms }) => ({
    name,
    pid,
    ms: ms - (before.find((earlier) => earlier.pid === pid)?.ms ?? 0),
  }));
}

interface ProcessStat {
  readonly pid: number;
  readonly parentPid: number;
  readonly ticks: number;
  readonly endedChildrenTicks: number;
}

/** Fields 4 and 14 to 17 of proc_pid_stat(5); the name in parentheses may hold anything. */
function statOf(pid: number): ProcessStat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (field: number): number => fields[field - 3]!;
    return { pid, parentPid: at(4), ticks: at(14) + at(15), endedChildrenTicks: at(16) + at(17) };
  } catch {
    return null;
  }
}

function ticksPerSecond(): number {
  try {
    return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) || 100;
  } catch {
    return 100;
  }
}
