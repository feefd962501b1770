import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { connect as connectSocket } from 'node:net';
import type { Attempt } from './refusal.ts';
import { natsRules, type NatsRule } from './nats-rules.ts';

export interface NatsPlace {
  /** The Service's address. */
  readonly host: string;
  readonly port: number;
  readonly authority: string;
  /** Passwords by user. */
  readonly passwords: ReadonlyMap<string, string>;
}

const CONNECT_WITHIN_MS = 5_000;

/** Everything that users of NATS must be refused, and that strangers must. `connections` are closed by the caller. */
export function natsAttempts(place: NatsPlace, connections: NatsUsers): readonly Attempt[] {
  const strangers: Attempt[] = [
    { who: 'nobody', what: 'connect without a user', expected: 'refused', make: () => connecting(place, {}) },
    {
      who: 'nobody',
      what: 'connect with an unknown user',
      expected: 'refused',
      make: () => connecting(place, { user: 'admin', pass: 'admin' }),
    },
    ...[...place.passwords].flatMap(([user, password]) => [
      {
        who: user,
        what: 'connect with a wrong password',
        expected: 'refused',
        make: () => connecting(place, { user, pass: `${password}x` }),
      },
      {
        who: user,
        what: 'connect without TLS',
        expected: 'refused',
        make: () => withoutTls(place, user, password),
      },
    ]),
  ];
  return [
    ...strangers,
    ...natsRules.map((rule) => ({
      who: rule.user,
      what: `${rule.operation} ${rule.subject}`,
      expected: 'refused',
      make: async () => outcomeOf(await connections.of(rule.user), rule),
    })),
  ];
}

/** A user's connection, and the subjects that the server said it has no right to. */
interface NatsUser {
  readonly nats: NatsConnection;
  readonly refused: ReadonlySet<string>;
}

/** One connection for each user, opened when it is first wanted. */
export class NatsUsers {
  readonly #place: NatsPlace;
  readonly #open = new Map<string, NatsUser>();

  constructor(place: NatsPlace) {
    this.#place = place;
  }

  async of(user: string): Promise<NatsUser> {
    const open = this.#open.get(user);
    if (open !== undefined) return open;
    const pass = this.#place.passwords.get(user) ?? '';
    const nats = await connect(optionsFor(this.#place, { user, pass, inboxPrefix: `_INBOX_${user}` }));
    const refused = new Set<string>();
    void noteRefused(nats, refused);
    this.#open.set(user, { nats, refused });
    return { nats, refused };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ nats }) => nats.close()));
  }
}

/** Ends with the connection. */
async function noteRefused(nats: NatsConnection, refused: Set<string>): Promise<void> {
  for await (const status of nats.status()) {
    if (status.type !== 'error') continue;
    const [, subject] = /permissions violation for \w+ to "([^"]+)"/i.exec(status.error.message) ?? [];
    if (subject !== undefined) refused.add(subject);
  }
}

const optionsFor = ({ host, port, authority }: NatsPlace, more: ConnectionOptions): ConnectionOptions => ({
  servers: `${host}:${port}`,
  tls: { ca: authority },
  timeout: CONNECT_WITHIN_MS,
  reconnect: false,
  ...more,
});

/** The server's word comes before its answer to a ping that is sent after, and is handed on in a turn soon after that. */
async function outcomeOf({ nats, refused }: NatsUser, { operation, subject }: NatsRule): Promise<string> {
  if (operation === 'publish') nats.publish(subject, '{}');
  else nats.subscribe(subject, { max: 1, callback: () => {} });
  await nats.flush();
  await nats.flush();
  return refused.has(subject) ? 'refused' : 'allowed';
}

async function connecting(place: NatsPlace, more: ConnectionOptions): Promise<string> {
  try {
    const nats = await connect(optionsFor(place, more));
    await nats.close();
    return 'allowed';
  } catch (error) {
    return /authorization|authentication/i.test((error as Error).message)
      ? 'refused'
      : (error as Error).message;
  }
}

/** Says who it is on an open line, as a client would that knows no TLS; a server that minds hangs up without an answer. */
function withoutTls({ host, port }: NatsPlace, user: string, pass: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectSocket({ host, port });
    let heard = '';
    socket.setTimeout(CONNECT_WITHIN_MS * 2, () => socket.destroy());
    socket.on('data', (data) => {
      const isGreeting = heard === '';
      heard += data.toString('latin1');
      if (isGreeting)
        socket.write(
          `CONNECT ${JSON.stringify({ verbose: false, user, pass, tls_required: false })}\r\nPING\r\n`,
        );
      if (/^PONG/m.test(heard)) socket.destroy();
    });
    socket.on('error', () => {});
    socket.once('close', () => resolve(/^PONG/m.test(heard) || heard === '' ? 'allowed' : 'refused'));
  });
}
