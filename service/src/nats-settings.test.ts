import { describe, expect, it } from '@jest/globals';
import { natsServerOf, natsSettings } from './nats-settings.ts';
import { readSettings } from './settings.ts';

const read = (environment: Readonly<Record<string, string>>) =>
  natsServerOf(readSettings({ NATS_URL: 'tls://nats:4222', ...environment }, natsSettings));

describe('the settings of NATS', () => {
  it('need an address alone', () => {
    expect(read({})).toEqual({ url: 'tls://nats:4222' });
  });

  it('may name a user with a password, and a file of authorities', () => {
    const NATS_CA_FILE = import.meta.filename;
    expect(read({ NATS_USER: 'orders', NATS_PASSWORD: 'secret', NATS_CA_FILE })).toEqual({
      url: 'tls://nats:4222',
      user: 'orders',
      password: 'secret',
      caFile: NATS_CA_FILE,
    });
    expect(() => read({ NATS_CA_FILE: 'no-such-file.pem' })).toThrow(/NATS_CA_FILE.*a file that is there/);
    expect(() => read({ NATS_USER: 'or.ders', NATS_PASSWORD: 'x' })).toThrow(/NATS_USER.*letters, digits/);
  });

  it('refuse a user without a password and a password without a user, and repeat neither', () => {
    expect(() => read({ NATS_USER: 'orders' })).toThrow(/^NATS_PASSWORD is not set/);
    const alone = () => read({ NATS_PASSWORD: 'secret' });
    expect(alone).toThrow(/^NATS_USER is not set/);
    expect(alone).not.toThrow(/secret/);
  });
});
