import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Probe } from './pod-shape.ts';

export interface ProbeTarget {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** Whether it answers with 200 to 399 in time. */
export function passes({ host, port, path }: ProbeTarget, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host, port, path, agent: false, timeout: timeoutMs }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      response.once('end', () => resolve(status >= 200 && status < 400));
      response.once('error', () => resolve(false));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}

/**
 * Asks in the probe's period, divided by `pace`, until `signal`; says each verdict: true after as many successes in a row as it
 * wants, false after as many failures. The verdict is said again each time that it holds.
 */
export async function probe(
  { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold }: Probe,
  target: ProbeTarget,
  pace: number,
  signal: AbortSignal,
  say: (isWell: boolean) => void,
): Promise<void> {
  let [successes, failures] = [0, 0];
  await pause((initialDelaySeconds * 1_000) / pace, signal);
  while (!signal.aborted) {
    const hasPassed = await passes(target, timeoutSeconds * 1_000);
    if (signal.aborted) return;
    successes = hasPassed ? successes + 1 : 0;
    failures = hasPassed ? 0 : failures + 1;
    if (successes >= successThreshold) say(true);
    if (failures >= failureThreshold) say(false);
    await pause((periodSeconds * 1_000) / pace, signal);
  }
}

/** A pause that an abort ends, without an error. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}
