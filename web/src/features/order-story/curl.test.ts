import { describe, expect, it } from '@jest/globals';
import { curlCommand } from './curl.ts';

const query = 'query It($orderId: ID!) {\n  order(id: $orderId) {\n    id\n  }\n}';

describe('the curl command', () => {
  it('asks the same as the same customer, whatever quotes stand in it', () => {
    const variables = { orderId: `it's "$HOME"` };
    const command = curlCommand(
      'http://here',
      { query, variables },
      { kind: 'customer', customer: `o'neill` },
    );
    expect(command.split(' \\\n  ')).toEqual([
      `curl -sS 'http://here/graphql'`,
      `-H 'content-type: application/json'`,
      `-H 'x-holdfast-customer: o'\\''neill'`,
      `--data-raw '{"query":"query It($orderId: ID!) { order(id: $orderId) { id } }","variables":{"orderId":"it'\\''s \\"$HOME\\""}}'`,
    ]);
  });

  it('holds no token, but takes it from the shell', () => {
    const command = curlCommand('http://here', { query, variables: {} }, { kind: 'token', token: 'my-own' });
    expect(command).not.toContain('my-own');
    expect(command).toContain('-H "authorization: Bearer $HOLDFAST_TOKEN"');
  });

  it('needs no header for who the gateway takes everybody for', () => {
    expect(curlCommand('http://here', { query, variables: {} }, { kind: 'default' })).not.toMatch(
      /customer|auth/,
    );
  });
});
