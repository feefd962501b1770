import type { Manifest } from '../../manifests/manifest.ts';
import { workloadsOf } from '../../manifests/workloads.ts';
import type { Addresses } from '../addresses.ts';
import { postgresServices, startPostgresStandIn, type PostgresStandIn } from './postgres.ts';
import { certificates, secretsOfTheTeam, type StandIn } from './secrets.ts';
import { TokenIssuer } from './token-issuer.ts';

/** The objects with what controllers and a team would have made, and what answers in their place. */
export interface Prepared extends AsyncDisposable {
  readonly manifests: readonly Manifest[];
  readonly hosts: ReadonlyMap<string, string>;
  readonly standIns: readonly StandIn[];
  readonly issuer: TokenIssuer;
  readonly postgres: PostgresStandIn;
  /** Whether a Service leads to the stand-in PostgreSQL. */
  isPostgres(service: string): boolean;
}

/** Starts every stand-in. Rejects when one cannot be, and then none runs. */
export async function prepare(
  rendered: readonly Manifest[],
  addresses: Addresses,
  postgresFolder: string,
): Promise<Prepared> {
  await using starting = new AsyncDisposableStack();
  const hosts = hostsOf(rendered, addresses);
  const natsAddresses = [...hosts].filter(([name]) => /nats/.test(name)).map(([, address]) => address);
  const team = secretsOfTheTeam(rendered);
  const certified = await certificates(team.manifests, natsAddresses);
  const issuer = starting.use(
    await TokenIssuer.start(certified.manifests, addresses.of('the issuer of tokens')),
  );
  const postgres = await startPostgresStandIn(issuer.manifests, addresses.of('postgres'), postgresFolder);
  starting.defer(() => postgres.stop());
  const running = starting.move();
  return {
    manifests: postgres.manifests,
    hosts,
    standIns: [
      ...team.standIns,
      ...certified.standIns,
      postgres.standIn,
      ...issuer.standIns,
      ...edge(rendered),
    ],
    issuer,
    postgres,
    isPostgres: (service) => postgresServices.includes(service),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Services by name, PostgreSQL under each of its names, and the pods of StatefulSets under their headless Service. */
function hostsOf(manifests: readonly Manifest[], addresses: Addresses): ReadonlyMap<string, string> {
  const services = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
  const pods = workloadsOf(manifests)
    .filter(({ spec }) => spec.serviceName !== undefined)
    .flatMap(({ manifest, spec, replicas }) =>
      Array.from({ length: replicas }, (_, ordinal) => `${manifest.metadata.name}-${ordinal}`).map(
        (pod) => [`${pod}.${spec.serviceName}`, addresses.of(pod)] as const,
      ),
    );
  return new Map([
    ...services.map((name) => [name, addresses.of(name)] as const),
    ...pods,
    ...postgresServices.map((name) => [name, addresses.of('postgres')] as const),
  ]);
}

function edge(manifests: readonly Manifest[]): readonly StandIn[] {
  const hasRoutes = manifests.some(({ kind }) => kind === 'HTTPRoute' || kind === 'Ingress');
  if (!hasRoutes) return [];
  return [
    {
      inPlaceOf: 'the edge',
      did: 'callers come to the Service gateway, each request on a connection of its own',
    },
  ];
}
