import { sql } from 'kysely';
import type { Database } from './database.ts';
import { parkedColumns, parkedOf, type ParkedColumns, type ParkedMessageRow } from './parked.ts';

/** OPEN: waits for a person. CLOSED: was redriven or discarded. */
export type ParkedState = 'OPEN' | 'CLOSED';

export interface ParkedPage {
  readonly first: number;
  /** The id of the last one seen, whatever has become of it since. */
  readonly after?: string | null;
  readonly state?: ParkedState;
}

/** Parked messages of one state (OPEN): open ones oldest first, closed ones latest closed first. */
export async function listParked(
  database: Database,
  { first, after = null, state = 'OPEN' }: ParkedPage,
): Promise<ParkedMessageRow[]> {
  const statement =
    state === 'OPEN'
      ? sql<ParkedColumns>`
          select ${parkedColumns} from parked where closed_at is null ${furtherOpen(after)}
          order by parked_at, id limit ${first}`
      : sql<ParkedColumns>`
          select ${parkedColumns} from parked where closed_at is not null ${furtherClosed(after)}
          order by closed_at desc, id desc limit ${first}`;
  const { rows } = await statement.execute(database.read);
  return rows.map((row) => ({
    ...parkedOf(row),
    payload: Buffer.from(row.payload, 'base64').toString('utf8'),
  }));
}

/** How many messages of each consumer wait parked for a person; consumers without any are left out. */
export async function countParked(database: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ consumer: string; count: number }>`
    select consumer, count(*)::integer as count from parked where closed_at is null group by consumer
  `.execute(database.read);
  return new Map(rows.map(({ consumer, count }) => [consumer, count]));
}

const furtherOpen = (after: string | null) =>
  after === null
    ? sql``
    : sql`and (parked_at, id) > (select parked_at, id from parked where id = ${after}::uuid)`;

const furtherClosed = (after: string | null) =>
  after === null
    ? sql``
    : sql`and (closed_at, id) < (select closed_at, id from parked where id = ${after}::uuid)`;
