import type { MoreConfiguration } from '@holdfast/servers';
import { errors, type NatsConnection } from '@nats-io/nats-core';
import { pino } from 'pino';
import { connectNats, type NatsServer } from './connection.ts';
import { natsAccountsConfig, natsPasswordVariable } from './nats-accounts-config.ts';
import { waitFor } from './testing.ts';
import { natsUsers, type NatsRight, type NatsUser } from './nats-users.ts';

const users = Object.keys(natsUsers) as NatsUser[];
const passwordOf = (user: NatsUser): string => `secret-of-${user}`;

/** A nats-server's configuration with these users, whose passwords only `asUser` knows. */
export const withUsers = (
  rights: Readonly<Record<NatsUser, readonly NatsRight[]>> = natsUsers,
): MoreConfiguration => ({
  text: natsAccountsConfig(rights),
  env: Object.fromEntries(users.map((user) => [natsPasswordVariable(user), passwordOf(user)])),
});

export const asUser = (url: string, user: NatsUser): NatsServer => ({
  url,
  user,
  password: passwordOf(user),
});

/** Nobody may publish there. */
const lastOfAll = 'last.of.all';

export interface Attempt {
  readonly user: NatsUser;
  readonly kind: NatsRight['allow'];
  readonly subject: string;
}

/** Tries what each user may or may not do, and gives those attempts that the server refused as violations of permissions. */
export async function refusedOf<Tried extends Attempt>(
  url: string,
  attempts: readonly Tried[],
): Promise<Tried[]> {
  const refused: Tried[] = [];
  for (const [user, own] of Map.groupBy(attempts, (attempt) => attempt.user)) {
    const nats = await connectNats({
      ...asUser(url, user),
      name: 'attempts',
      signal: AbortSignal.timeout(10_000),
      log: pino({ level: 'silent' }),
    });
    const violations = hearViolations(nats);
    for (const { kind, subject } of own) {
      if (kind === 'publish') nats.publish(subject, '{}');
      else nats.subscribe(subject, { callback: () => {} });
    }
    // The server answers in order: when it refuses this one, it has said what else it refuses.
    nats.publish(lastOfAll, '');
    await waitFor('the last attempt is refused', () => violations.has(`publish ${lastOfAll}`));
    refused.push(...own.filter(({ kind, subject }) => violations.has(`${kind} ${subject}`)));
    await nats.close();
  }
  return attempts.filter((attempt) => refused.includes(attempt));
}

function hearViolations(nats: NatsConnection): ReadonlySet<string> {
  const violations = new Set<string>();
  void (async () => {
    for await (const status of nats.status()) {
      if (status.type !== 'error' || !(status.error instanceof errors.PermissionViolationError)) continue;
      const { operation, subject } = status.error;
      violations.add(`${operation === 'subscription' ? 'subscribe' : operation} ${subject}`);
    }
  })();
  return violations;
}
