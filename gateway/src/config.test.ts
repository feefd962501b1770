import { describe, expect, it } from '@jest/globals';
import { SettingsError } from '@holdfast/service';
import { readGatewayConfig } from './config.ts';

const nats = { NATS_URL: 'nats://127.0.0.1:4222' };
const jwt = {
  ...nats,
  VIEWER_KEYS: 'k'.repeat(32),
  JWT_ISSUER: 'https://login.example.com',
  JWT_AUDIENCE: 'holdfast',
  JWT_JWKS_URL: 'https://login.example.com/jwks.json',
};

describe('the settings of the gateway', () => {
  it('ask for tokens unless they say otherwise, and then tell no schema', () => {
    expect(readGatewayConfig(jwt)).toMatchObject({
      host: '127.0.0.1',
      access: { auth: 'jwt', corsOrigins: [], tokens: { clockToleranceMs: 5_000 } },
      hasIntrospection: false,
    });
    expect(readGatewayConfig({ ...nats, HOLDFAST_AUTH: 'off' })).toMatchObject({
      access: { auth: 'off' },
      viewerKeys: [],
      hasIntrospection: true,
    });
  });

  it.each([
    [{ ...nats, HOLDFAST_AUTH: 'off', HOLDFAST_HOST: '0.0.0.0' }, /allowed with HOLDFAST_AUTH=off: 127/],
    [{ ...jwt, VIEWER_KEYS: '' }, /VIEWER_KEYS is not set/],
    [{ ...jwt, VIEWER_KEYS: 'short' }, /VIEWER_KEYS is set to something else; allowed: 1 to 3 secrets/],
    [{ ...jwt, JWT_ISSUER: '' }, /JWT_ISSUER is not set/],
    [{ ...jwt, JWT_AUDIENCE: '' }, /JWT_AUDIENCE is not set/],
    [{ ...jwt, JWT_JWKS_URL: '' }, /needs one of them/],
    [{ ...jwt, JWT_PUBLIC_KEY_FILE: import.meta.filename }, /not both/],
    [{ ...jwt, JWT_JWKS_URL: 'http://login.example.com/jwks.json' }, /JWT_JWKS_URL.*begins with https/],
    [{ ...jwt, JWT_ALGORITHMS: 'ES256,HS256' }, /JWT_ALGORITHMS is "ES256,HS256"; allowed: some of EdDSA/],
    [{ ...jwt, JWT_ALGORITHMS: 'none' }, /JWT_ALGORITHMS/],
    [{ ...jwt, CORS_ORIGINS: '*' }, /CORS_ORIGINS is "\*"; allowed: origins/],
    [{ ...jwt, CORS_ORIGINS: 'https://shop.example.com/path' }, /CORS_ORIGINS/],
    [{ ...jwt, RATE_LIMIT_CUSTOMER: '0' }, /RATE_LIMIT_CUSTOMER/],
  ])('refuse %j', (environment, message) => {
    const read = () => readGatewayConfig(environment);
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(message);
  });
});
