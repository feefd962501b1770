import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import type { Airport, Facility } from '../domain/geo.ts';
import { columnsOf } from './columns.ts';

export interface StoredFacility extends Facility {
  readonly name: string;
  readonly airport: Airport;
}

/** The facilities that decisions need, and the database's clock at this statement, in whole milliseconds. */
export async function readFacilitiesAndClock(
  tx: Tx,
  ids: readonly string[],
): Promise<{ facilities: Map<string, Facility>; now: Date }> {
  const { rows } = await sql<{ now: Date; facilities: Facility[] }>`
    select date_trunc('milliseconds', clock_timestamp()) as now, coalesce((
      select json_agg(json_build_object('id', id, 'country', country, 'latitude', latitude, 'longitude', longitude,
                                        'airportDistanceMm', airport_distance_mm))
      from facility where id = any(${ids}::text[])), '[]') as facilities`.execute(tx);
  const { now, facilities } = rows[0]!;
  return { now, facilities: new Map(facilities.map((facility) => [facility.id, facility])) };
}

/** Creates or replaces facilities, in the order of their ids; returns how many were new or changed. */
export async function upsertFacilityRows(tx: Tx, facilities: readonly StoredFacility[]): Promise<number> {
  const column = columnsOf(facilities);
  const { rows } = await sql`
    insert into facility as stored (id, name, country, latitude, longitude, airport_iata, airport_name,
                                    airport_latitude, airport_longitude, airport_distance_mm)
    select * from unnest(${column(({ id }) => id)}::text[],
                         ${column(({ name }) => name)}::text[],
                         ${column(({ country }) => country)}::text[],
                         ${column(({ latitude }) => latitude)}::float8[],
                         ${column(({ longitude }) => longitude)}::float8[],
                         ${column(({ airport }) => airport.iata)}::text[],
                         ${column(({ airport }) => airport.name)}::text[],
                         ${column(({ airport }) => airport.latitude)}::float8[],
                         ${column(({ airport }) => airport.longitude)}::float8[],
                         ${column(({ airportDistanceMm }) => airportDistanceMm)}::bigint[]) as given (id)
    order by id collate "C"
    on conflict (id) do update set
      name = excluded.name, country = excluded.country, latitude = excluded.latitude, longitude = excluded.longitude,
      airport_iata = excluded.airport_iata, airport_name = excluded.airport_name,
      airport_latitude = excluded.airport_latitude, airport_longitude = excluded.airport_longitude,
      airport_distance_mm = excluded.airport_distance_mm
    where stored is distinct from excluded
    returning id`.execute(tx);
  return rows.length;
}

/** Those of the ids that are no facility. */
export async function unknownFacilities(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${[...new Set(ids)]}::text[]) as asked (id)
    where (select true from facility where facility.id = asked.id) is null`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
