import { messagingSchema } from '@holdfast/messaging';
import type { ServiceDatabase } from './database.ts';

/**
 * What would have to change in a migrated database for its tables to be those that the entities say, as lines of SQL; none when
 * they agree on tables, columns, types, defaults, nullability and the columns of primary keys. Indexes, checks and foreign keys
 * are stated by the migrations alone, and messaging's tables have no entities.
 */
export async function schemaDrift({ orm }: Pick<ServiceDatabase, 'orm'>): Promise<readonly string[]> {
  const lines = (await orm.schema.getUpdateSchemaSQL({ wrap: false })).split('\n');
  return lines.filter((line) => line !== '' && !isMessagingTable(line) && !isStatedByMigrations.test(line));
}

const isStatedByMigrations = /^drop index|^alter table "\w+" drop constraint "\w+";$/;

const messagingTables = messagingSchema.flatMap(
  (statement) => /create table (\w+)/.exec(statement)?.[1] ?? [],
);

const isMessagingTable = (line: string): boolean =>
  messagingTables.some((table) => line.startsWith(`drop table if exists "${table}"`));
