import { NatsAwayError, type Messaging } from '@holdfast/messaging';
import { invalidInput, type Logger, type Problem } from '@holdfast/service';

const longestHoldSeconds = 120;

export interface HoldConsumerParts {
  readonly messaging: Pick<Messaging, 'holdConsumer'>;
  /** Only where everybody is the operator of a system of their own. */
  readonly isAvailable: boolean;
  readonly log: Logger;
}

export interface HoldConsumerResult {
  /** Null when it is not held, or no longer. */
  readonly pausedUntil: Date | null;
  readonly problems: Problem[];
}

/** Has inventory told of no order for 0 to 120 whole seconds from now, while orders' facts gather on the stream; 0 ends that at once. */
export async function holdConsumer(
  { messaging, isAvailable, log }: HoldConsumerParts,
  seconds: number,
): Promise<HoldConsumerResult> {
  if (!isAvailable) {
    return refused('NOT_AVAILABLE', 'A consumer can be held only while HOLDFAST_AUTH is off');
  }
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > longestHoldSeconds) {
    const message = `seconds is ${seconds}; allowed: 0 to ${longestHoldSeconds}`;
    return { pausedUntil: null, problems: [invalidInput(message, ['seconds'])] };
  }
  try {
    const until = seconds === 0 ? null : new Date(Date.now() + seconds * 1_000);
    const pausedUntil = await messaging.holdConsumer('inventory-orders', until);
    log.info({ event: 'consumer-held', consumer: 'inventory-orders', seconds, pausedUntil });
    return { pausedUntil, problems: [] };
  } catch (error) {
    if (!(error instanceof NatsAwayError)) throw error;
    log.warn({ event: 'consumer-not-held', consumer: 'inventory-orders', seconds, error: error.message });
    return refused('NATS_AWAY', 'NATS does not answer now, so the consumer was not held; try again');
  }
}

const refused = (code: string, message: string): HoldConsumerResult => ({
  pausedUntil: null,
  problems: [{ code, message, path: null }],
});
