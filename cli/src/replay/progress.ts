/** Where progress is shown; `process.stderr` in use. */
export interface ProgressTarget {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress {
  /** Shows how far it is; on a terminal a bar that is drawn over, elsewhere a plain line every 5 s. */
  show(done: number, note: string): void;
  /** Shows the last state and ends the bar. */
  end(): void;
}

const barWidth = 30;
const terminalIntervalMs = 100;
const plainIntervalMs = 5_000;

/** A line of its own, above the bar. */
export const say = (target: ProgressTarget, line: string): unknown =>
  target.write(target.isTTY === true ? `\r\u001b[2K${line}\n` : `${line}\n`);

export function createProgress(target: ProgressTarget, total: number, unit: string): Progress {
  const beganAtMs = performance.now();
  let shownAtMs = beganAtMs;
  let last = '';
  const draw = (): void => {
    if (target.isTTY === true) target.write(`\r\u001b[2K${last}`);
    else target.write(`${last}\n`);
  };
  return {
    show(done, note) {
      const nowMs = performance.now();
      const perSecond = (done * 1_000) / Math.max(1, nowMs - beganAtMs);
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const bar = '█'.repeat(Math.round(share * barWidth)).padEnd(barWidth, '░');
      const text = `${done}/${total} ${unit}, ${perSecond.toFixed(0)}/s${note === '' ? '' : `, ${note}`}`;
      last = target.isTTY === true ? `${bar} ${Math.floor(share * 100)} % ${text}` : text;
      if (nowMs - shownAtMs < (target.isTTY === true ? terminalIntervalMs : plainIntervalMs)) return;
      shownAtMs = nowMs;
      draw();
    },
    end() {
      if (last === '') return;
      draw();
      if (target.isTTY === true) target.write('\n');
    },
  };
}
