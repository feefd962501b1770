import { contentOf } from '../../manifests/environment.ts';
import { RehearsalError, type Site } from '../site.ts';
import type { Prepared } from '../stand-ins/prepare.ts';
import { databaseAttempts } from './database.ts';
import { httpAttempts } from './http.ts';
import { natsAttempts, NatsUsers, type NatsPlace } from './nats.ts';
import { makeAttempts, type AttemptResults } from './refusal.ts';

/** Makes every attempt on what runs; each must be refused as it says. */
export async function refusals(
  site: Site,
  { issuer, postgres }: Prepared,
): Promise<readonly AttemptResults[]> {
  const { addresses } = site;
  const nats: NatsPlace = {
    host: addresses.of('nats'),
    port: 4222,
    authority: secretsLike(site, /^nats-tls/)[0]?.['ca.crt'] ?? '',
    passwords: passwordsOf(secretsLike(site, /^nats-(?!tls|authority)/)),
  };
  const database = {
    host: postgres.address,
    port: 5432,
    authority: postgres.tls.authority,
    isTlsDemanded: postgres.tls.isDemanded,
    passwords: passwordsOf(secretsLike(site, /-database(-|$)/)),
  };
  if (nats.passwords.size < 5 || database.passwords.size < 4) {
    throw new RehearsalError('Passwords of users of NATS or roles of PostgreSQL are missing');
  }
  const places = {
    gateway: addresses.of('gateway'),
    orders: addresses.of('orders'),
    inventory: addresses.of('inventory'),
  };
  await using connections = new NatsUsers(nats);
  return [
    await makeAttempts('users of NATS', natsAttempts(nats, connections)),
    await makeAttempts('roles of PostgreSQL', databaseAttempts(database)),
    await makeAttempts('requests over HTTP', httpAttempts(places, issuer)),
  ];
}

const secretsLike = ({ manifests }: Site, name: RegExp): readonly Readonly<Record<string, string>>[] =>
  manifests
    .filter((one) => one.kind === 'Secret' && name.test(one.metadata.name))
    .map((one) => contentOf(manifests, 'Secret', one.metadata.name) ?? {});

const passwordsOf = (secrets: readonly Readonly<Record<string, string>>[]): ReadonlyMap<string, string> =>
  new Map(secrets.map(({ username = '', password = '' }) => [username, password]));
