import { ask, type HttpQuestion } from '../load/gateway-client.ts';
import type { TokenIssuer } from '../stand-ins/token-issuer.ts';
import type { Attempt } from './refusal.ts';

/** Addresses of the Services. */
export interface HttpPlaces {
  readonly gateway: string;
  readonly orders: string;
  readonly inventory: string;
}

const PORTS: Readonly<Record<keyof HttpPlaces, number>> = { gateway: 4000, orders: 4001, inventory: 4002 };
const services = ['gateway', 'orders', 'inventory'] as const;

/** Requests that must be refused, and the two paths of metrics, of which one must be answered. */
export function httpAttempts(places: HttpPlaces, issuer: TokenIssuer): readonly Attempt[] {
  const graphql = (
    service: keyof HttpPlaces,
    query: string,
    headers: HttpQuestion['headers'] = {},
  ): HttpQuestion => ({
    url: `http://${places[service]}:${PORTS[service]}/graphql`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const get = (service: keyof HttpPlaces, port: number, path: string) =>
    statusOf({ url: `http://${places[service]}:${port}${path}` });
  const entity = '{ _entities(representations: [{ __typename: "Order", id: "1" }]) { __typename } }';
  return [
    ...(['orders', 'inventory'] as const).flatMap((service) => [
      {
        who: 'a pod beside',
        what: `ask ${service} without a viewer`,
        expected: '401',
        make: () => statusOf(graphql(service, entity)),
      },
      {
        who: 'a pod beside',
        what: `ask ${service} with a viewer that it signed itself`,
        expected: '401',
        make: () =>
          statusOf(graphql(service, entity, { 'x-holdfast-viewer': 'operator.9999999999.c2lnbmVk' })),
      },
    ]),
    {
      who: 'a caller',
      what: 'ask the gateway without a token',
      expected: '401',
      make: () => statusOf(graphql('gateway', '{ viewer { customerId } }')),
    },
    ...[-60, -3_600].map((seconds) => ({
      who: 'a caller',
      what: `ask the gateway with a token that ended ${-seconds} s ago`,
      expected: '401',
      make: async () => {
        const token = await issuer.token({ role: 'operator', customer: 'late', seconds });
        return statusOf(
          graphql('gateway', '{ viewer { customerId } }', { authorization: `Bearer ${token}` }),
        );
      },
    })),
    ...services.flatMap((service) => [
      {
        who: 'a caller',
        what: `read ${service}'s metrics where it serves`,
        expected: '404',
        make: () => get(service, PORTS[service], '/metrics'),
      },
      {
        who: 'Prometheus',
        what: `read ${service}'s metrics on port 9090`,
        expected: '200',
        make: () => get(service, 9_090, '/metrics'),
      },
      {
        who: 'Prometheus',
        what: `ask ${service} anything else on port 9090`,
        expected: '404',
        make: () => get(service, 9_090, '/graphql'),
      },
    ]),
  ];
}

const statusOf = async (question: HttpQuestion): Promise<string> => String((await ask(question)).status);
