import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { createLogger, type ServiceDatabase } from '@holdfast/service';
import { schemaDrift } from '@holdfast/service/testing';
import { openInventoryDatabase } from './open-inventory-database.ts';

describe("Inventory's entities", () => {
  let servers: TestServers;
  let opened: ServiceDatabase;
  beforeAll(async () => {
    servers = await startTestServers({ parts: ['postgres'] });
    opened = await openInventoryDatabase(
      await servers.postgres.createDatabase(),
      createLogger('inventory', 'silent'),
    );
  });
  afterAll(async () => {
    await opened?.close();
    await servers?.stop();
  });

  it('map every table of the service, column by column, as the migrations make it', async () => {
    expect(await schemaDrift(opened)).toEqual([]);
  });
});
