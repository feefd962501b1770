import { setTimeout as delay } from 'node:timers/promises';
import { runJob, runMain } from '../src/main.ts';

/** A service or a job that says where it stands; the argument names what it does. */
const say = (words: string): void => void process.stdout.write(`${words}\n`);
const keepAlive = setInterval(() => {}, 1_000);

const service = {
  stop: async () => {
    clearInterval(keepAlive);
    say('drained');
  },
};

const waiting = (signal?: AbortSignal): Promise<void> => {
  say('waiting');
  return delay(60_000, undefined, { signal });
};

const behaviours: Record<string, () => Promise<void>> = {
  'waits to start': () =>
    runMain(async (signal) => {
      await waiting(signal);
      return service;
    }),
  'starts deaf': () =>
    runMain(async (signal) => {
      say('waiting');
      while (!signal.aborted) await delay(20);
      return service;
    }),
  serves: () =>
    runMain(async () => {
      setImmediate(() => say('serving'));
      return service;
    }),
  'fails to start': () => runMain(() => Promise.reject(new Error('no port'))),
  'job waits': () => runJob((signal) => waiting(signal)),
  'job ends': () => runJob(async () => say('done')),
  'job fails': () => runJob(() => Promise.reject(new Error('no role'))),
};

await behaviours[process.argv[2]!]!();
