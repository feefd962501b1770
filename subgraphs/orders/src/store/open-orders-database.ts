import { openDatabase, type Logger, type OpenDatabaseOptions, type ServiceDatabase } from '@holdfast/service';
import { migrations } from '../../migrations/migrations.ts';
import { entities } from './entities.ts';

/** Opens the orders database and brings its schema up to date; rejects when it does not answer for a minute. */
export const openOrdersDatabase = (
  url: string,
  log: Logger,
  options: Pick<OpenDatabaseOptions, 'poolSize' | 'signal'> = {},
): Promise<ServiceDatabase> => openDatabase({ url, entities, migrations, log, ...options });
