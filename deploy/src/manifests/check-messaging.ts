import { consumers, streams } from '@holdfast/messaging';
import * as messaging from '@holdfast/messaging';
import { z } from 'zod';
import { contentOf, environmentOf } from './environment.ts';
import { nameOf, type Manifest } from './manifest.ts';
import { parseNatsUsers, type NatsUser } from './nats-users.ts';
import { row, type Row } from './row.ts';
import { workloadsOf, type Workload } from './workloads.ts';

const streamNames: readonly string[] = Object.values(streams);
const consumerEntries = Object.entries(consumers).map(([name, { stream, filter }]) => ({
  name,
  stream: stream as string,
  filter: filter as string,
}));

/** Users, streams, consumers, subjects and copies in NATS are those of the code. */
export function checkMessaging(manifests: readonly Manifest[]): readonly Row[] {
  const server = workloadsOf(manifests).find(({ name }) => name === 'StatefulSet/nats');
  if (server === undefined) return [row('StatefulSet/nats', false, 'there is none')];
  const configuration = server.pod.volumes
    .map(({ configMap }) => contentOf(manifests, 'ConfigMap', configMap?.name ?? ''))
    .find((content) => content?.['nats.conf'] !== undefined);
  if (configuration == null) return [row('StatefulSet/nats', false, 'it has no nats.conf')];
  const text = Object.values(configuration).join('\n');
  const users = parseNatsUsers(configuration['nats-users.conf'] ?? '');
  return [
    ...userRows(users, manifests),
    ...codeUserRows(users),
    ...subjectRows(users),
    ...copyRows(text, server, manifests),
    ...resourceRows(manifests),
    ...scalerRows(text, manifests),
  ];
}

/** Whoever connects has a user of the server's configuration, and each user has somebody who connects, or monitors. */
function userRows(users: readonly NatsUser[], manifests: readonly Manifest[]): readonly Row[] {
  const secretOf = (user: string) => `{Secret nats-${user} username}`;
  const connecting = workloadsOf(manifests).flatMap(({ name, pod }) =>
    pod.containers.flatMap((container) =>
      environmentOf(container, manifests)
        .variables.filter((variable) => variable.name === 'NATS_USER')
        .map(({ value }) => ({ name, value })),
    ),
  );
  const is = (value: string, user: string) => value === user || value === secretOf(user);
  return [
    ...connecting.map(({ name, value }) =>
      row(
        `${name} connects as ${value}`,
        users.some(({ user }) => is(value, user)),
        'NATS has no such user',
      ),
    ),
    ...users.map(({ user }) =>
      row(
        `NATS has the user ${user}`,
        ['monitoring', 'topology'].includes(user) || connecting.some(({ value }) => is(value, user)),
        'nobody connects as it',
      ),
    ),
    ...users.map(({ user, passwordFrom }) =>
      row(
        `${user} has a password of its own`,
        passwordFrom === `NATS_${user.toUpperCase()}_PASSWORD`,
        `it is taken from ${passwordFrom}`,
      ),
    ),
  ];
}

const codeUsersShape = z.record(
  z.string(),
  z.array(
    z.looseObject({
      allow: z.enum(['publish', 'subscribe']),
      subject: z.string(),
      except: z.array(z.string()).default([]),
    }),
  ),
);

/** Each right of the configuration is one of the code, and the other way round. No rows while the code does not export them. */
function codeUserRows(users: readonly NatsUser[]): readonly Row[] {
  const exported = (messaging as Readonly<Record<string, unknown>>)['natsUsers'];
  if (exported === undefined) return [];
  const rightsOf = (user: string, what: string, subject: string) => `${user} may ${what} ${subject}`;
  const inCode = Object.entries(codeUsersShape.parse(exported)).flatMap(([user, rights]) =>
    rights.flatMap(({ allow, subject, except }) => [
      rightsOf(user, allow, subject),
      ...except.map((refused) => rightsOf(user, `not ${allow}`, refused)),
    ]),
  );
  const configured = users.flatMap(({ user, publish, notPublish, subscribe }) => [
    ...publish.map((subject) => rightsOf(user, 'publish', subject)),
    ...notPublish.map((subject) => rightsOf(user, 'not publish', subject)),
    ...subscribe.map((subject) => rightsOf(user, 'subscribe', subject)),
  ]);
  return [
    ...inCode.map((right) => row(right, configured.includes(right), 'nats-users.conf does not say so')),
    ...configured.map((right) => row(right, inCode.includes(right), 'the code does not say so')),
  ];
}

/** Streams and consumers in subjects are those of the code; each consumer is acknowledged by one user; inboxes are their own. */
function subjectRows(users: readonly NatsUser[]): readonly Row[] {
  const named = users.flatMap(({ user, publish }) =>
    publish
      .filter((subject) => subject.startsWith('$JS.'))
      .map((subject) => {
        const tokens = subject.split('.');
        const stream = tokens.find((token) => /^[A-Z]+$/.test(token) && streamNames.includes(token));
        const consumer = consumerEntries.find(({ name }) => tokens.includes(name));
        const unknown = tokens.find(
          (token) => /^[a-z]+-[a-z]+$/.test(token) && !consumerEntries.some(({ name }) => name === token),
        );
        const isOfStream = consumer === undefined || consumer.stream === stream;
        return row(
          `${user} may publish ${subject}`,
          unknown === undefined && isOfStream,
          'no such consumer of that stream',
        );
      }),
  );
  return [
    ...named,
    ...consumerEntries.map(({ name, stream }) => {
      const acknowledging = users.filter(({ publish }) => publish.includes(`$JS.ACK.${stream}.${name}.>`));
      return row(
        `${name} is acknowledged by one user`,
        acknowledging.length === 1,
        `by ${acknowledging.map(({ user }) => user).join(', ') || 'none'}`,
      );
    }),
    ...users.flatMap(({ user, subscribe }) =>
      subscribe
        .filter((subject) => subject.startsWith('_INBOX'))
        .map((subject) =>
          row(
            `${user} may subscribe to ${subject}`,
            subject === `_INBOX_${user}.>`,
            'that is the inbox of others',
          ),
        ),
    ),
  ];
}

/** A stream has as many copies as there are servers, 3 at most, and each server knows the way to each. */
function copyRows(text: string, server: Workload, manifests: readonly Manifest[]): readonly Row[] {
  const routes = new Set([...text.matchAll(/nats:\/\/(nats-\d+)\./g)].map(([, pod]) => pod));
  const copies = workloadsOf(manifests).flatMap(({ name, pod }) =>
    pod.containers.flatMap((container) =>
      environmentOf(container, manifests)
        .variables.filter((variable) => variable.name === 'NATS_STREAM_REPLICAS')
        .map(({ value }) =>
          row(
            `${name} makes streams of ${value}`,
            Number(value) === Math.min(server.replicas, 3),
            `there are ${server.replicas} servers`,
          ),
        ),
    ),
  );
  const expected = server.replicas === 1 ? 0 : server.replicas;
  return [
    ...copies,
    row(`NATS has ${routes.size} routes`, routes.size === expected, `it runs ${server.replicas} times`),
  ];
}

const streamShape = z.looseObject({ name: z.string(), subjects: z.array(z.string()) });
const consumerShape = z.looseObject({
  durableName: z.string(),
  streamName: z.string(),
  filterSubject: z.string(),
});

/** Streams and consumers that NACK makes. */
function resourceRows(manifests: readonly Manifest[]): readonly Row[] {
  return manifests
    .filter(({ apiVersion }) => apiVersion.startsWith('jetstream.nats.io/'))
    .flatMap((manifest) => {
      if (manifest.kind === 'Stream') {
        const { name, subjects } = streamShape.parse(manifest['spec']);
        const context = Object.entries(streams).find(([, stream]) => stream === name)?.[0];
        const isRight = context !== undefined && subjects.join() === `${context}.>`;
        return [row(`${nameOf(manifest)} is ${name}`, isRight, 'the code has no such stream')];
      }
      if (manifest.kind === 'Consumer') {
        const { durableName, streamName, filterSubject } = consumerShape.parse(manifest['spec']);
        const isRight = consumerEntries.some(
          ({ name, stream, filter }) =>
            name === durableName && stream === streamName && filter === filterSubject,
        );
        return [row(`${nameOf(manifest)} is ${durableName}`, isRight, 'the code has no such consumer')];
      }
      return [];
    });
}

const scaledShape = z.looseObject({
  triggers: z.array(z.looseObject({ type: z.string(), metadata: z.record(z.string(), z.string()) })),
});

/** What is scaled by the lag of a consumer, and the consumers whose lag scales something. */
function scalerRows(text: string, manifests: readonly Manifest[]): readonly Row[] {
  const scaled = manifests.filter(({ kind }) => kind === 'ScaledObject');
  const followed = new Set<string>();
  const rows = scaled.flatMap((manifest) =>
    scaledShape
      .parse(manifest['spec'])
      .triggers.filter(({ type }) => type === 'nats-jetstream')
      .map(({ metadata: { account, stream, consumer } }) => {
        followed.add(consumer ?? '');
        const isRight =
          consumerEntries.some((one) => one.name === consumer && one.stream === stream) &&
          text.includes(`${account} {`);
        return row(
          `${nameOf(manifest)} follows ${account} ${stream} ${consumer}`,
          isRight,
          'there is no such account, stream or consumer',
        );
      }),
  );
  if (scaled.length === 0) return [];
  return [
    ...rows,
    ...consumerEntries.map(({ name }) =>
      row(`The lag of ${name} scales its service`, followed.has(name), 'no ScaledObject follows it'),
    ),
  ];
}
