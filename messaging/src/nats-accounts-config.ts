import type { NatsRight, NatsUser } from './nats-users.ts';

/**
 * The variable in the server's environment that holds a user's password. The server reads its value as it reads its
 * configuration, so a password is made of letters, digits, _ and -, and begins with a letter: 123 or 5m would be no text.
 */
export const natsPasswordVariable = (user: NatsUser): string => `NATS_${user.toUpperCase()}_PASSWORD`;

/**
 * The part of a nats-server's configuration that says who may connect and do what: one account with JetStream, each user with
 * its rights, each right with why; all else is refused. Passwords come from the server's environment.
 */
export const natsAccountsConfig = (
  users: Readonly<Record<NatsUser, readonly NatsRight[]>>,
): string => `accounts {
  HOLDFAST {
    jetstream: enabled
    users: [
${(Object.keys(users) as NatsUser[]).map((user) => userConfig(user, users[user])).join('\n')}
    ]
  }
}
`;

const userConfig = (user: NatsUser, rights: readonly NatsRight[]): string => `      {
        user: ${user}
        password: $${natsPasswordVariable(user)}
        permissions: {
          publish: {
            allow: [
${allowed(rights, 'publish')}
            ]${denied(rights)}
          }
          subscribe: {
            allow: [
${allowed(rights, 'subscribe')}
            ]
          }
        }
      }`;

const indent = ' '.repeat(14);

const allowed = (rights: readonly NatsRight[], kind: NatsRight['allow']): string =>
  rights
    .filter(({ allow }) => allow === kind)
    .map(({ subject, role, why }) => `${indent}"${subject}" # ${role}: ${why}`)
    .join('\n');

function denied(rights: readonly NatsRight[]): string {
  const subjects = rights.flatMap(({ except = [] }) => except);
  if (subjects.length === 0) return '';
  return `
            deny: [
${subjects.map((subject) => `${indent}"${subject}"`).join('\n')}
            ]`;
}
