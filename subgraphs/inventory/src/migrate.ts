import { createLogger, runJob } from '@holdfast/service';
import { readInventoryMigrationConfig } from './config.ts';
import { migrateInventoryDatabase } from './store/open-inventory-database.ts';

/** The job of each release, before its services: migrates the inventory database and gives the service's role its rights. */
await runJob(async (signal) => {
  const config = readInventoryMigrationConfig(process.env);
  await migrateInventoryDatabase(config, createLogger('inventory-migrate', config.logLevel), signal);
});
