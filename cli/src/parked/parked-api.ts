import type { GatewayClient } from '../replay/gateway-client.ts';
import { services, type Selection, type ServiceName } from './options.ts';

/** A parked message as the API gives it, with the service whose consumer parked it. */
export interface ParkedMessage {
  readonly service: ServiceName;
  readonly id: string;
  readonly consumer: string;
  readonly eventId: string | null;
  readonly eventType: string;
  readonly stream: string;
  readonly streamSequence: string;
  readonly subject: string;
  /** As JSON: an object of lists of texts. */
  readonly headers: string;
  readonly reason: string;
  readonly attempts: number;
  readonly payload: string;
  readonly parkedAt: string;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly closedAs: 'REDRIVEN' | 'DISCARDED' | null;
  readonly closedReason: string | null;
}

/** What the API said to a redrive or discard. */
export interface ParkedAnswer {
  readonly changed: number;
  readonly alreadyHandled: readonly string[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

type State = 'OPEN' | 'CLOSED';

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Omit<ParkedMessage, 'service'> }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const pageSize = 100;
/** Messages that were closed before these are not looked at. */
export const mostClosed = 2_000;

const fields = `id consumer eventId eventType stream streamSequence subject headers reason attempts payload parkedAt
  closedAt closedBy closedAs closedReason`;

/** The parked messages that a selection means: open ones oldest first, of closed ones the latest few thousand. */
export async function* readParked(
  client: GatewayClient,
  { service, consumer }: Selection,
  state: State,
): AsyncGenerator<ParkedMessage> {
  for (const name of services) {
    if (service !== null && service !== name) continue;
    let seen = 0;
    for (let after: string | null = null; ;) {
      const page: Page = await readPage(client, name, state, after);
      for (const { node } of page.edges)
        if (consumer === null || consumer === node.consumer) yield { service: name, ...node };
      seen += page.edges.length;
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage || (state === 'CLOSED' && seen >= mostClosed)) break;
    }
  }
}

async function readPage(
  client: GatewayClient,
  service: ServiceName,
  state: State,
  after: string | null,
): Promise<Page> {
  const { messaging } = await client.request<{ messaging: { parked: Page } }>(
    `query ($first: Int!, $after: String, $state: ParkedState!) {
      messaging: ${service}Messaging {
        parked(first: $first, after: $after, state: $state) {
          edges { cursor node { ${fields} } } pageInfo { hasNextPage endCursor } } } }`,
    { first: pageSize, after, state },
  );
  return messaging.parked;
}

/** Runs the handler on one message. Safe to repeat: what is closed stays closed. */
export const redrive = (client: GatewayClient, { service, id }: ParkedMessage): Promise<ParkedAnswer> =>
  close(client, `mutation ($ids: [ID!]!) { result: ${service}RedriveParked(ids: $ids) { ${answer} } }`, {
    ids: [id],
  });

/** Closes one message without handling it. Safe to repeat. */
export const discard = (
  client: GatewayClient,
  { service, id }: ParkedMessage,
  reason: string,
): Promise<ParkedAnswer> =>
  close(
    client,
    `mutation ($ids: [ID!]!, $reason: String!) {
      result: ${service}DiscardParked(ids: $ids, reason: $reason) { ${answer} } }`,
    { ids: [id], reason },
  );

const answer = 'changed alreadyHandled problems { code message }';

async function close(client: GatewayClient, query: string, variables: object): Promise<ParkedAnswer> {
  const { result } = await client.request<{ result: ParkedAnswer }>(query, { ...variables });
  return result;
}
