import { describe, expect, it } from '@jest/globals';
import { NatsAwayError } from '@holdfast/messaging';
import { createLogger } from '@holdfast/service';
import { holdConsumer, type HoldConsumerParts } from './hold-consumer.ts';

/** A messaging that remembers until when it was asked to hold, and does as told. */
function someParts(changes: Partial<HoldConsumerParts> = {}) {
  const asked: (Date | null)[] = [];
  const parts: HoldConsumerParts = {
    isAvailable: true,
    log: createLogger('inventory', 'silent'),
    messaging: {
      holdConsumer: async (_name, until) => {
        asked.push(until);
        return until;
      },
    },
    ...changes,
  };
  return { parts, asked };
}

describe('holdConsumer', () => {
  it('holds for the seconds from now, up to 120, and ends a hold with 0', async () => {
    const { parts, asked } = someParts();
    for (const seconds of [0, 1, 120]) {
      const before = Date.now();
      const { pausedUntil, problems } = await holdConsumer(parts, seconds);
      expect(problems).toEqual([]);
      expect(pausedUntil).toEqual(asked.at(-1));
      if (seconds === 0) expect(pausedUntil).toBeNull();
      else {
        expect(pausedUntil!.getTime() - before).toBeGreaterThanOrEqual(seconds * 1_000);
        expect(pausedUntil!.getTime() - Date.now()).toBeLessThanOrEqual(seconds * 1_000);
      }
    }
  });

  it.each([-1, 121, 0.5, Number.NaN])('refuses %d seconds and asks NATS for nothing', async (seconds) => {
    const { parts, asked } = someParts();
    expect(await holdConsumer(parts, seconds)).toMatchObject({
      pausedUntil: null,
      problems: [{ code: 'INVALID_INPUT', path: ['seconds'] }],
    });
    expect(asked).toEqual([]);
  });

  it('is not available where callers have to say who they are', async () => {
    const { parts, asked } = someParts({ isAvailable: false });
    for (const seconds of [0, 5]) {
      expect(await holdConsumer(parts, seconds)).toMatchObject({ problems: [{ code: 'NOT_AVAILABLE' }] });
    }
    expect(asked).toEqual([]);
  });

  it('says that NATS is away, and passes on what is broken otherwise', async () => {
    const failing = (error: Error) => {
      const holdConsumer = async () => {
        throw error;
      };
      return someParts({ messaging: { holdConsumer } }).parts;
    };
    expect(await holdConsumer(failing(new NatsAwayError('gone')), 5)).toMatchObject({
      pausedUntil: null,
      problems: [{ code: 'NATS_AWAY', path: null }],
    });
    await expect(holdConsumer(failing(new TypeError('a mistake')), 5)).rejects.toThrow('a mistake');
  });
});
