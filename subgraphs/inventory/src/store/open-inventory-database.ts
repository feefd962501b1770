import {
  migrateFor,
  openDatabase,
  type Logger,
  type OpenDatabaseOptions,
  type ServiceDatabase,
} from '@holdfast/service';
import { migrations } from '../../migrations/migrations.ts';
import { rights } from '../../migrations/rights.ts';
import { entities } from './entities.ts';

/** Opens the inventory database, as `openDatabase` does; without `provision` it brings the schema up to date. */
export const openInventoryDatabase = (
  url: string,
  log: Logger,
  options: Pick<OpenDatabaseOptions, 'poolSize' | 'provision' | 'signal'> = {},
): Promise<ServiceDatabase> => openDatabase({ url, entities, migrations, rights, log, ...options });

/** Brings the schema up to date as the database's owner and gives the service's role its rights, as `migrateFor` does. */
export const migrateInventoryDatabase = (
  { databaseUrl: url, serviceRole }: { readonly databaseUrl: string; readonly serviceRole: string },
  log: Logger,
  signal?: AbortSignal,
): Promise<void> => migrateFor(serviceRole, { url, entities, migrations, rights, log, signal });
