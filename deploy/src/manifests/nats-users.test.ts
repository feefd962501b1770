import { expect, it } from '@jest/globals';
import { parseNatsUsers } from './nats-users.ts';

const users = [
  {
    user: 'orders',
    passwordFrom: 'NATS_ORDERS_PASSWORD',
    publish: ['orders.>', '$JS.ACK.A.b.>'],
    notPublish: ['orders.no.>'],
    subscribe: ['_INBOX_orders.>'],
  },
  { user: 'quiet', passwordFrom: 'QUIET', publish: [], notPublish: [], subscribe: ['a', 'b'] },
];

it.each([
  [
    'as people write it',
    `accounts { A { users: [
      # user: nobody
      { user: orders, password: $NATS_ORDERS_PASSWORD, permissions {
        publish { allow: [
          "orders.>" # relay: "its own" [facts]
          "$JS.ACK.A.b.>"
        ]
        deny: ["orders.no.>"] }
        subscribe: { allow: ["_INBOX_orders.>"] } } }
      { user: quiet
        password: $QUIET
        permissions: { publish: { allow: [] }, subscribe: { allow: ["a", "b"] } } } ] } }`,
  ],
  [
    'as JSON',
    JSON.stringify({
      users: users.map(({ user, passwordFrom, publish, notPublish, subscribe }) => ({
        user,
        password: `$${passwordFrom}`,
        permissions: { publish: { allow: publish, deny: notPublish }, subscribe: { allow: subscribe } },
      })),
    }),
  ],
])('reads users and their rights %s', (_how, text) => {
  expect(parseNatsUsers(text)).toEqual(users);
});
