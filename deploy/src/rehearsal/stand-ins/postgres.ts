import {
  createPostgres,
  postgresUrl,
  startPostgres,
  stopPostgres,
  type RunningServer,
} from '@holdfast/servers';
import { chmodSync, chownSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { contentOf } from '../../manifests/environment.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { workloadsOf } from '../../manifests/workloads.ts';
import { serverCertificate } from '@holdfast/servers/certificates';
import { randomSecret } from '../../secrets/passwords.ts';
import { containerEnvironment } from '../container-environment.ts';
import { RehearsalError } from '../site.ts';
import { statementsOf } from './init-script.ts';
import { aSecret, type StandIn } from './secrets.ts';

export interface PostgresStandIn {
  readonly manifests: readonly Manifest[];
  readonly standIn: StandIn;
  /** Whether the service's roles must come over TLS, and the authority of its certificate. */
  readonly tls: { readonly isDemanded: boolean; readonly authority: string | null };
  readonly address: string;
  stop(): Promise<void>;
}

/** The Services that lead to it: CloudNativePG's read-write Service, and local's. */
export const postgresServices = ['postgres-rw', 'postgres'];

const cluster = z.looseObject({
  bootstrap: z.looseObject({ initdb: z.looseObject({ database: z.string(), owner: z.string() }) }),
  managed: z.looseObject({
    roles: z.array(
      z.looseObject({
        name: z.string(),
        login: z.boolean().default(false),
        connectionLimit: z.number().default(-1),
        passwordSecret: z.looseObject({ name: z.string() }),
      }),
    ),
  }),
  postgresql: z.looseObject({
    parameters: z.looseObject({ max_connections: z.string().default('100') }),
    pg_hba: z.array(z.string()).default([]),
  }),
});
const database = z.looseObject({ name: z.string(), owner: z.string() });

/** A PostgreSQL at an address of its own with the roles, databases and rules of access that the manifests say. */
export async function startPostgresStandIn(
  manifests: readonly Manifest[],
  address: string,
  folder: string,
): Promise<PostgresStandIn> {
  const isManaged = manifests.some(({ kind }) => kind === 'Cluster');
  const plan = isManaged ? managedPlan(manifests) : await localPlan(manifests);
  const password = randomSecret();
  await createPostgres(folder, { password, isSynced: false });
  const certificate = isManaged
    ? await serverCertificate('postgres', [...postgresServices, 'localhost', address], new Date())
    : null;
  const settings = {
    ...plan.settings,
    hba_file: ownedFile(
      folder,
      'pg_hba.conf',
      ['host all holdfast all scram-sha-256', ...plan.hba].join('\n'),
    ),
    ...(certificate === null
      ? {}
      : {
          ssl: 'on',
          ssl_cert_file: ownedFile(folder, 'tls.crt', certificate['tls.crt']),
          ssl_key_file: ownedFile(folder, 'tls.key', certificate['tls.key']),
        }),
  };
  const server = await startPostgres({ folder, host: address, port: 5432, password, settings });
  await runAll(
    postgresUrl({ host: address, port: 5432, password, database: 'postgres' }),
    plan.statements,
    server,
  );
  const authority = certificate?.['ca.crt'] ?? null;
  const made = authority === null ? [] : [aSecret('postgres-ca', { 'ca.crt': authority })];
  return {
    manifests: [...manifests, ...made],
    standIn: plan.standIn,
    tls: { isDemanded: isManaged, authority },
    address,
    stop: () => stopPostgres(server),
  };
}

interface Plan {
  readonly statements: readonly string[];
  readonly hba: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly standIn: StandIn;
}

/** What CloudNativePG does with a Cluster and its Databases: roles, databases, and its rules of access before one for all with a password. */
function managedPlan(manifests: readonly Manifest[]): Plan {
  const { managed, postgresql, bootstrap } = cluster.parse(
    manifests.find(({ kind }) => kind === 'Cluster')?.['spec'],
  );
  const databases = manifests
    .filter(({ kind }) => kind === 'Database')
    .map((one) => database.parse(one['spec']));
  const { initdb } = bootstrap;
  const first = { name: initdb.database, owner: initdb.owner };
  const all = [first, ...databases.filter(({ name }) => name !== first.name)];
  const roles = managed.roles.map(({ name, login, connectionLimit, passwordSecret }) => {
    const password = contentOf(manifests, 'Secret', passwordSecret.name)?.['password'];
    if (password === undefined) throw new RehearsalError(`Secret/${passwordSecret.name} is not there`);
    const can = login ? 'login' : 'nologin';
    return `create role ${pg.escapeIdentifier(name)} ${can} connection limit ${connectionLimit} password ${pg.escapeLiteral(password)}`;
  });
  // The operator makes the first database's owner by itself.
  const isManaged = managed.roles.some(({ name }) => name === first.owner);
  const firstOwner = isManaged ? [] : [`create role ${pg.escapeIdentifier(first.owner)} login`];
  return {
    statements: [...firstOwner, ...roles, ...all.map(createDatabase)],
    hba: [...postgresql.pg_hba, 'host all all all scram-sha-256'],
    settings: { max_connections: postgresql.parameters.max_connections },
    standIn: {
      inPlaceOf: 'CloudNativePG',
      did: `one PostgreSQL with TLS, ${roles.length} roles, ${all.length} databases, ${postgresql.pg_hba.length} rules of access`,
    },
  };
}

const createDatabase = ({ name, owner }: z.infer<typeof database>): string =>
  `create database ${pg.escapeIdentifier(name)} owner ${pg.escapeIdentifier(owner)}`;

/** What the image postgres does at its first start: the scripts that are mounted for it. */
async function localPlan(manifests: readonly Manifest[]): Promise<Plan> {
  const workload = workloadsOf(manifests).find(({ name }) => name === 'StatefulSet/postgres');
  const [container] = workload?.pod.containers ?? [];
  if (workload === undefined || container === undefined)
    throw new RehearsalError('No manifest makes a PostgreSQL');
  const mount = container.volumeMounts.find(({ mountPath }) => mountPath === '/docker-entrypoint-initdb.d');
  const volume = workload.pod.volumes.find(({ name }) => name === mount?.name);
  const scripts = contentOf(manifests, 'ConfigMap', volume?.configMap?.name ?? '') ?? {};
  const none = { address: '', hosts: new Map<string, string>(), paths: new Map<string, string>() };
  const environment = containerEnvironment(container, manifests, {}, none);
  const statements = Object.entries(scripts)
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([, script]) => statementsOf(script, environment));
  return {
    statements,
    hba: ['host all all all scram-sha-256'],
    settings: {},
    standIn: {
      inPlaceOf: 'the image postgres',
      did: `one PostgreSQL with the ${statements.length} statements of its init script`,
    },
  };
}

async function runAll(
  connectionString: string,
  statements: readonly string[],
  server: RunningServer,
): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {}); // A statement that was cut off says so itself.
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
  } catch (error) {
    await stopPostgres(server);
    throw error;
  } finally {
    await client.end();
  }
}

/** A file that PostgreSQL can read, which may run as another user, and nobody else. */
function ownedFile(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, `${text}\n`);
  const { uid, gid } = statSync(folder);
  if (process.getuid?.() !== uid) chownSync(file, uid, gid);
  chmodSync(file, 0o600);
  return file;
}
