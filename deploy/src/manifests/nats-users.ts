/** A user of a nats-server configuration, with what it may do. */
export interface NatsUser {
  readonly user: string;
  /** The variable that its password comes from. */
  readonly passwordFrom: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/**
 * The users in a block of configuration: each begins with `user`, and names a variable as its password and what it may
 * publish and subscribe to in lists of `allow`. Comments are passed over. JSON is read too, since nats-server does.
 */
export function parseNatsUsers(text: string): readonly NatsUser[] {
  const bare = text.replace(/^\s*(#|\/\/).*$/gm, '');
  return bare
    .split(/["\s{]user["\s]*[:=\s]\s*/)
    .slice(1)
    .map((part) => ({
      user: /^"?(\w+)/.exec(part)?.[1] ?? '',
      passwordFrom: /password["\s]*[:=\s]\s*"?\$(\w+)/.exec(part)?.[1] ?? '',
      publish: allowed(part, 'publish'),
      subscribe: allowed(part, 'subscribe'),
    }));
}

function allowed(part: string, what: string): readonly string[] {
  const list =
    new RegExp(`["\\s{]${what}["\\s]*[:=\\s]?\\s*\\{?[^[\\]]*?\\[([^\\]]*)\\]`).exec(part)?.[1] ?? '';
  return [...list.matchAll(/"([^"]+)"/g)].map(([, subject]) => subject!);
}
