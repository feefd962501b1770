import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { welcome } from './welcome.ts';

const urls = {
  gateway: 'http://127.0.0.1:4000/graphql',
  graphiql: '',
  web: 'http://127.0.0.1:4000/',
  orders: '',
  inventory: '',
  nats: '',
  ordersDatabase: '',
  inventoryDatabase: '',
};

const run = { urls, ports: {}, processes: [], logFolder: '' };

describe('the first address that a start prints', () => {
  it('is that of the web client', () => {
    const text = welcome({ ...run, auth: 'off' }, 'any');
    expect(text.slice(0, text.indexOf('/graphql'))).toMatch(/^  Open   http:\/\/127\.0\.0\.1:4000\/$/m);
  });
});

describe('a start with authentication', () => {
  it('says how to get a token, and sends one with its curl lines', () => {
    const lines = welcome({ ...run, auth: 'jwt' }, 'any').split('\n');
    expect(lines).toContain('  npm run --silent token -- --role operator');
    const curls = lines.filter((line) => line.startsWith('  curl'));
    expect(curls).toHaveLength(2);
    for (const line of curls) expect(line).toMatch(/"authorization: Bearer \$\(npm run --silent token/);
  });
});

describe('the curl lines of a start', () => {
  it('reach the gateway as they are meant, also with a SKU that holds quotation marks', () => {
    const sku = `12" o'clock`;
    const line = welcome({ ...run, auth: 'off' }, sku)
      .split('\n')
      .find((text) => text.includes('placeOrder'))!;
    const body = execFileSync('/bin/sh', ['-c', `${line.replace('curl -sS', 'printf "%s\\n"')} | tail -n 1`]);
    const { query } = JSON.parse(String(body)) as { query: string };
    expect(query).toContain(`sku: ${JSON.stringify(sku)}, quantity: 2`);
  });
});
