import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface NamedProcess {
  readonly name: string;
  readonly pid: number;
}

/** CPU milliseconds of a process and of its children since they began, by process name. */
export type CpuTimes = ReadonlyMap<string, number>;

/**
 * Reads the CPU time of processes from /proc, children included (PostgreSQL works in them). Null where there is no
 * /proc to read, as on anything but Linux. A process that is gone is left out.
 */
export function cpuTimes(processes: readonly NamedProcess[]): CpuTimes | null {
  if (process.platform !== 'linux') return null;
  const msPerTick = 1_000 / ticksPerSecond();
  const stats = new Map<number, ProcessStat>();
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? statOf(Number(entry)) : null;
    if (stat !== null) stats.set(stat.pid, stat);
  }
  const times = new Map<string, number>();
  for (const { name, pid } of processes) {
    const own = stats.get(pid);
    if (own === undefined) continue;
    let ticks = own.ticks + own.endedChildrenTicks;
    for (const child of stats.values())
      if (child.parentPid === pid) ticks += child.ticks + child.endedChildrenTicks;
    times.set(name, (times.get(name) ?? 0) + ticks * msPerTick);
  }
  return times;
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
