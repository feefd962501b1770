import { setTimeout as delay } from 'node:timers/promises';
import type { Workload } from '../manifests/workloads.ts';
import { Pod } from './pod.ts';
import { rolloutOf } from './pod-shape.ts';
import { RehearsalError, type Site } from './site.ts';

/** The pause before a failed Job is tried again, as Kubernetes has it; each later one is twice as long. */
const BACK_OFF_SECONDS = 10;

/** Runs a Job until it succeeds; gives how many tries it took. Rejects with RehearsalError over its tries or its deadline. */
export async function runJob(site: Site, job: Workload): Promise<number> {
  const { activeDeadlineSeconds, backoffLimit } = rolloutOf(job);
  const deadline = AbortSignal.timeout(activeDeadlineSeconds * 1_000);
  const signal = AbortSignal.any([site.signal, deadline]);
  for (let attempt = 1; ; attempt += 1) {
    const pod = new Pod(site, job, `${job.manifest.metadata.name}-${attempt}`);
    const [container] = pod.containers;
    if (container === undefined) throw new RehearsalError(`${job.name} runs nothing here`);
    const aborted = delay(2 ** 31 - 1, undefined, { signal, ref: false });
    aborted.catch(() => {}); // The race has it.
    const how = await Promise.race([container.process.ended, aborted.catch(() => 'its deadline')]);
    if (how === 'code 0') return attempt;
    site.signal.throwIfAborted();
    if (deadline.aborted || attempt > backoffLimit) {
      throw new RehearsalError(`${job.name} failed with ${how} after ${attempt} tries\n${pod.lastWords()}`);
    }
    await delay((BACK_OFF_SECONDS * 1_000 * 2 ** (attempt - 1)) / site.pace, undefined, { signal });
  }
}
