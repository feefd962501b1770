import { SettingsError } from './settings.ts';

/** A process that cannot drain in this time is ended all the same; what it had not committed is done again elsewhere. */
const DRAIN_DEADLINE_MS = 25_000;

/**
 * Runs a service until SIGTERM or SIGINT, then drains it. Ends the process with 0 after a drain, and with 1 when the start
 * fails or the drain takes longer than 25 s. Wrong settings are printed as they are, without a stack.
 */
export async function runMain(start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  try {
    const service = await start();
    const drain = (): void => {
      setTimeout(() => process.exit(1), DRAIN_DEADLINE_MS).unref();
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    };
    process.once('SIGTERM', drain);
    process.once('SIGINT', drain);
  } catch (error) {
    console.error(error instanceof SettingsError ? error.message : error);
    process.exit(1);
  }
}
