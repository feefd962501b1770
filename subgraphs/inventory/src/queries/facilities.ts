import type { Tx } from '@holdfast/messaging';
import type { EntityManager, InferEntity } from '@mikro-orm/core';
import { sql } from 'kysely';
import { kilometres } from '../domain/geo.ts';
import { FacilityEntity } from '../store/entities.ts';

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

const columns = sql.raw(`
  id, name, country, latitude, longitude, airport_iata as "airportIata", airport_name as "airportName",
  airport_latitude as "airportLatitude", airport_longitude as "airportLongitude",
  airport_distance_mm as "airportDistanceMm"`);

const toFacilityView = (row: InferEntity<typeof FacilityEntity>): FacilityView => ({
  id: row.id,
  name: row.name,
  country: row.country,
  latitude: row.latitude,
  longitude: row.longitude,
  nearestAirport: {
    iata: row.airportIata,
    name: row.airportName,
    latitude: row.airportLatitude,
    longitude: row.airportLongitude,
    distanceKm: kilometres(Number(row.airportDistanceMm)),
  },
});

export async function readFacilities(tx: Tx, ids: readonly string[]): Promise<Map<string, FacilityView>> {
  const { rows } = await sql<InferEntity<typeof FacilityEntity>>`
    select ${columns} from facility where id = any(${ids}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, toFacilityView(row)]));
}

/** Every facility, in the order of their ids: a trader has dozens of them. */
export async function readAllFacilities(em: EntityManager): Promise<FacilityView[]> {
  const facilities = await em.findAll(FacilityEntity, { orderBy: { id: 'asc' } });
  return facilities.map(toFacilityView);
}
