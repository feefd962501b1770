import type { ParkedMessageRow, ParkedPage } from '@holdfast/messaging';
import { GraphQLError } from 'graphql';
import { connectionOf, decodeCursor, encodeCursor, pageSize, type Connection } from './pages.ts';

/** A parked message in the shape of the API, the same in every subgraph. */
export interface ParkedMessageView extends Omit<
  ParkedMessageRow,
  'eventType' | 'streamSequence' | 'headers'
> {
  /** Empty when the message did not say. */
  readonly eventType: string;
  readonly streamSequence: string;
  /** As JSON. */
  readonly headers: string;
}

type List = (page: Required<ParkedPage>) => Promise<readonly ParkedMessageRow[]>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const defaultFirst = 50;

/** One page of a service's parked messages, as a client asked for it. @throws GraphQLError BAD_USER_INPUT for a page that cannot be. */
export async function parkedPage(
  list: List,
  page: {
    readonly first?: number | null;
    readonly after?: string | null;
    readonly state?: ParkedPage['state'] | null;
  },
): Promise<Connection<ParkedMessageView>> {
  const first = pageSize(page.first ?? defaultFirst);
  const after = decodeCursor(page.after, ['string'])?.[0] ?? null;
  if (after !== null && !uuid.test(after)) {
    throw new GraphQLError('after is no cursor of this list', { extensions: { code: 'BAD_USER_INPUT' } });
  }
  const rows = await list({ first: first + 1, after, state: page.state ?? 'OPEN' });
  return connectionOf(rows.map(viewOf), first, ({ id }) => encodeCursor([id]));
}

const viewOf = (row: ParkedMessageRow): ParkedMessageView => ({
  ...row,
  eventType: row.eventType ?? '',
  streamSequence: String(row.streamSequence),
  headers: JSON.stringify(row.headers),
});
