import { sql } from 'kysely';
import type { Database } from './database.ts';

/** The highest generation that a consumer has met and was made anew for; 0 when none. */
export async function storedGeneration(database: Database, consumer: string): Promise<number> {
  const { rows } = await sql<{ generation: string }>`
    select generation::text from consumer_generation where consumer = ${consumer}`.execute(database.read);
  return Number(rows[0]?.generation ?? 0);
}

/** Keeps the higher one of the stored generation and this one. */
export const storeGeneration = (database: Database, consumer: string, generation: number): Promise<unknown> =>
  database.transaction((tx) =>
    sql`insert into consumer_generation (consumer, generation) values (${consumer}, ${generation}::bigint)
        on conflict (consumer) do update
        set generation = greatest(consumer_generation.generation, excluded.generation)`.execute(tx),
  );
