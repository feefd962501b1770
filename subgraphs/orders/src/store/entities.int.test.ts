import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServers, type TestServers } from '@holdfast/servers';
import type { ServiceDatabase } from '@holdfast/service';
import { schemaDrift } from '@holdfast/service/testing';
import { aSilentLog } from '../testing.ts';
import { openOrdersDatabase } from './open-orders-database.ts';

describe("Orders' entities", () => {
  let servers: TestServers;
  let opened: ServiceDatabase;
  beforeAll(async () => {
    servers = await startTestServers({ parts: ['postgres'] });
    opened = await openOrdersDatabase(await servers.postgres.createDatabase(), aSilentLog);
  });
  afterAll(async () => {
    await opened?.close();
    await servers?.stop();
  });

  it('map every table of the service, column by column, as the migrations make it', async () => {
    expect(await schemaDrift(opened)).toEqual([]);
  });
});
