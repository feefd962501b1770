import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { aTwoRoleDatabase, refusalOf } from '@holdfast/service/testing';
import { execFile } from 'node:child_process';
import { join } from 'node:path';

let servers: TestServers;
beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
});
afterAll(() => servers?.stop());

const runJob = (settings: Readonly<Record<string, string>>) =>
  new Promise<{ exit: unknown; said: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', LOG_LEVEL: 'silent', ...settings };
    execFile(process.execPath, [join(import.meta.dirname, 'migrate.ts')], { env }, (error, _out, said) =>
      resolve({ exit: error?.code ?? 0, said }),
    );
  });

it('the migration job ends with 0, also when there is nothing left to do', async () => {
  const { ownerUrl, serviceUrl, serviceRole } = await aTwoRoleDatabase(servers);
  const job = { ORDERS_DATABASE_URL: ownerUrl, DATABASE_SERVICE_ROLE: serviceRole };
  expect(await runJob(job)).toEqual({ exit: 0, said: '' });
  expect(await refusalOf(serviceUrl, 'select from orders')).toBeNull();
  expect(await runJob(job)).toEqual({ exit: 0, said: '' });
});

it('the migration job ends with 1 and says why when a setting is wrong', async () => {
  const { ownerUrl } = await aTwoRoleDatabase(servers);
  expect(await runJob({ ORDERS_DATABASE_URL: ownerUrl })).toEqual({
    exit: 1,
    said: 'DATABASE_SERVICE_ROLE is not set; allowed: any text\n',
  });
  expect(await runJob({ ORDERS_DATABASE_URL: ownerUrl, DATABASE_SERVICE_ROLE: 'nobody' })).toEqual({
    exit: 1,
    said: 'DATABASE_SERVICE_ROLE is "nobody"; allowed: a role that is there\n',
  });
});
