/** A user of a nats-server configuration, with what it may do. */
export interface NatsUser {
  readonly user: string;
  /** The variable that its password comes from. */
  readonly passwordFrom: string;
  readonly publish: readonly string[];
  /** Of what it may publish, what is refused all the same. */
  readonly notPublish: readonly string[];
  readonly subscribe: readonly string[];
}

/**
 * The users in a block of configuration: each begins with `user`, and names a variable as its password and what it may
 * publish and subscribe to in lists of `allow` and `deny`. JSON is read too, since nats-server does.
 */
export function parseNatsUsers(text: string): readonly NatsUser[] {
  return text
    .replace(/(#|\/\/).*$/gm, '')
    .split(/["\s{]user["\s]*[:=\s]\s*/)
    .slice(1)
    .map((part) => {
      const { publish = '', subscribe = '' } =
        /["\s{]publish\b(?<publish>[^]*)["\s]subscribe\b(?<subscribe>[^]*)/.exec(part)?.groups ?? {};
      return {
        user: /^"?(\w+)/.exec(part)?.[1] ?? '',
        passwordFrom: /password["\s]*[:=\s]\s*"?\$(\w+)/.exec(part)?.[1] ?? '',
        publish: listed(publish, 'allow'),
        notPublish: listed(publish, 'deny'),
        subscribe: listed(subscribe, 'allow'),
      };
    });
}

function listed(part: string, what: 'allow' | 'deny'): readonly string[] {
  const list = new RegExp(`${what}["\\s]*[:=]?\\s*\\[([^\\]]*)\\]`).exec(part)?.[1] ?? '';
  return [...list.matchAll(/"([^"]+)"/g)].map(([, subject]) => subject!);
}
