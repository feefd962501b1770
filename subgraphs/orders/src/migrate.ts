import { createLogger, runJob } from '@holdfast/service';
import { readOrdersMigrationConfig } from './config.ts';
import { migrateOrdersDatabase } from './store/open-orders-database.ts';

/** The job of each release, before its services: migrates the orders database and gives the service's role its rights. */
await runJob(async (signal) => {
  const config = readOrdersMigrationConfig(process.env);
  await migrateOrdersDatabase(config, createLogger('orders-migrate', config.logLevel), signal);
});
