import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import { kilometres } from '../domain/geo.ts';

export interface FacilityView {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly nearestAirport: {
    readonly iata: string;
    readonly name: string;
    readonly latitude: number;
    readonly longitude: number;
    readonly distanceKm: number;
  };
}

interface FacilityRow {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly airport_iata: string;
  readonly airport_name: string;
  readonly airport_latitude: number;
  readonly airport_longitude: number;
  readonly airport_distance_mm: string;
}

const columns = sql.raw(
  'id, name, country, latitude, longitude, airport_iata, airport_name, airport_latitude, airport_longitude, airport_distance_mm',
);

const toFacilityView = (row: FacilityRow): FacilityView => ({
  id: row.id,
  name: row.name,
  country: row.country,
  latitude: row.latitude,
  longitude: row.longitude,
  nearestAirport: {
    iata: row.airport_iata,
    name: row.airport_name,
    latitude: row.airport_latitude,
    longitude: row.airport_longitude,
    distanceKm: kilometres(Number(row.airport_distance_mm)),
  },
});

export async function readFacilities(tx: Tx, ids: readonly string[]): Promise<Map<string, FacilityView>> {
  const { rows } = await sql<FacilityRow>`
    select ${columns} from facility where id = any(${ids}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, toFacilityView(row)]));
}

/** Every facility, in the order of their ids: a trader has dozens of them. */
export async function readAllFacilities(tx: Tx): Promise<FacilityView[]> {
  const { rows } = await sql<FacilityRow>`select ${columns} from facility order by id`.execute(tx);
  return rows.map(toFacilityView);
}
