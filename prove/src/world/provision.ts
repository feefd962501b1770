import type { ProcessKeeper } from '@holdfast/servers';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { NatsCluster } from './nats-cluster.ts';
import type { PostgresNode } from './postgres-node.ts';
import { environmentOfPrograms } from './service-replica.ts';

const repository = resolve(import.meta.dirname, '../../..');

/** How the services of a world come to databases and streams. */
export interface Provisioned {
  /** Each service's own role and its password. */
  readonly roles: Readonly<
    Record<'orders' | 'inventory', { readonly user: string; readonly password: string }>
  >;
  /** Makes streams and consumers again, as the job of a release does. */
  provideStreams(): Promise<void>;
}

/** What jobs do before a release: schemas, roles with the few rights they need, streams with their copies. */
export async function provision(
  keeper: ProcessKeeper,
  postgres: PostgresNode,
  nats: NatsCluster,
  logFolder: string,
): Promise<Provisioned> {
  const run = async (file: string, env: Readonly<Record<string, string>>): Promise<void> => {
    const name = file.split('/').at(-1)!.replace('.ts', '');
    const job = keeper.start({
      file: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', join(repository, file)],
      env: { ...environmentOfPrograms(), ...env },
      cwd: repository,
      logFile: join(logFolder, `${name}.log`),
    });
    const how = await job.ended;
    if (how !== 'code 0') throw new Error(`${file} ended with ${how}: see ${join(logFolder, `${name}.log`)}`);
  };
  const roleOf = async (service: 'orders' | 'inventory') => {
    const role = { user: `${service}_service`, password: randomBytes(12).toString('hex') };
    await postgres.query('postgres', `create role ${role.user} login password '${role.password}'`);
    await run(`subgraphs/${service}/src/migrate.ts`, {
      [`${service.toUpperCase()}_DATABASE_URL`]: postgres.url(service),
      DATABASE_SERVICE_ROLE: role.user,
    });
    return role;
  };
  const provideStreams = () =>
    run('service/src/topology-job.ts', {
      NATS_URL: nats.url,
      NATS_STREAM_REPLICAS: String(nats.replicas),
    });
  const [orders, inventory] = await Promise.all([roleOf('orders'), roleOf('inventory'), provideStreams()]);
  return { roles: { orders, inventory }, provideStreams };
}
