import { SettingsError } from './settings.ts';

/** A process that cannot drain in this time is ended all the same; what it had not committed is done again elsewhere. */
const DRAIN_DEADLINE_MS = 25_000;

/**
 * Runs a service until SIGTERM or SIGINT, then drains it. Both are heard from the beginning, also by the first process of a
 * container: `start` gets a signal that ends its waits, and what it has started by then is drained. Ends the process with 0
 * after a drain or a start that was told to end, and with 1 when the start fails or all that takes longer than 25 s. A
 * second signal ends it at once. Wrong settings are printed as they are, without a stack.
 */
export async function runMain(
  start: (signal: AbortSignal) => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  const ending = endingSignal();
  try {
    const service = await start(ending);
    const drain = (): void => {
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    };
    if (ending.aborted) drain();
    else ending.addEventListener('abort', drain, { once: true });
  } catch (error) {
    if (isEnd(error, ending)) process.exit(0);
    fail(error);
  }
}

/**
 * Runs what is done once. Ends the process with 0 when it is done, and with 1 when it fails or is told to end before it is
 * done, so that a job that was cut short is never taken for one that is done.
 */
export async function runJob(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const ending = endingSignal();
  try {
    await work(ending);
    process.exit(0);
  } catch (error) {
    fail(isEnd(error, ending) ? 'The job was told to end before it was done' : error);
  }
}

function endingSignal(): AbortSignal {
  const ending = new AbortController();
  const end = (): void => {
    setTimeout(() => process.exit(1), DRAIN_DEADLINE_MS).unref();
    ending.abort();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  return ending.signal;
}

const isEnd = (error: unknown, ending: AbortSignal): boolean =>
  ending.aborted && error instanceof Error && error.name === 'AbortError';

function fail(error: unknown): never {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
}
