import { parseArgs } from 'node:util';
import type { TokenContent } from './development-key.ts';

/** The command line is wrong; the message says how. */
export class TokenUsageError extends Error {
  override readonly name = 'TokenUsageError';
}

export const tokenUsage =
  'usage: npm run --silent token -- --customer ID [--role customer|operator] [--minutes 60]';

const MOST_MINUTES = 7 * 24 * 60;

/** @throws TokenUsageError */
export function tokenOptions(args: readonly string[]): TokenContent {
  const { role, customer, minutes } = parsed(args);
  if (role !== 'customer' && role !== 'operator') {
    throw new TokenUsageError(`--role is ${JSON.stringify(role)}; allowed: customer or operator`);
  }
  const named = customer ?? (role === 'operator' ? 'operator' : '');
  if (named.length < 1 || named.length > 200 || /\p{Cc}/u.test(named)) {
    throw new TokenUsageError(
      '--customer is needed: whose token it is, in 1 to 200 characters without control characters',
    );
  }
  const lasting = Number(minutes);
  if (!(lasting > 0 && lasting <= MOST_MINUTES)) {
    throw new TokenUsageError(
      `--minutes is ${JSON.stringify(minutes)}; allowed: a number above 0, up to ${MOST_MINUTES}`,
    );
  }
  return { role, customer: named, minutes: lasting };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        role: { type: 'string', default: 'customer' },
        customer: { type: 'string' },
        minutes: { type: 'string', default: '60' },
      },
    }).values;
  } catch (error) {
    throw new TokenUsageError((error as Error).message);
  }
}
