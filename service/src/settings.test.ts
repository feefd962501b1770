import { describe, expect, it } from '@jest/globals';
import {
  authSetting,
  currencySetting,
  databasePoolSizeSetting,
  hostSetting,
  metricsPortSetting,
  natsUrlSetting,
  readSettings,
  requireLoopbackWithoutAuth,
  reservationHoldSetting,
  setting,
  SettingsError,
} from './settings.ts';

describe('readSettings', () => {
  it('reads what is set and falls back where nothing is', () => {
    const spec = { PORT: setting.port(4001), NATS_URL: setting.url(['nats']), CURRENCY: currencySetting };
    expect(readSettings({ NATS_URL: 'nats://127.0.0.1:4222' }, spec)).toEqual({
      PORT: 4001,
      NATS_URL: 'nats://127.0.0.1:4222',
      CURRENCY: 'GBP',
    });
  });

  it('makes a folder absolute, lets it be unset, and refuses one that is not there', () => {
    const read = (ROOT?: string) => readSettings({ ROOT }, { ROOT: setting.optionalFolder() }).ROOT;
    expect([read(), read(''), read('.')]).toEqual([undefined, undefined, process.cwd()]);
    expect(() => read('no-such-folder')).toThrow(/ROOT is "no-such-folder"; allowed: a folder that is there/);
    expect(() => read(import.meta.filename)).toThrow(SettingsError);
  });

  it('names every wrong setting at once, and what is allowed', () => {
    const read = () =>
      readSettings(
        { PORT: '70000', CURRENCY: 'XXQ', NATS_URL: 'http://user:secret@host', AUTH: 'none' },
        {
          PORT: setting.port(),
          CURRENCY: currencySetting,
          NATS_URL: setting.url(['nats']),
          AUTH: authSetting,
        },
      );
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/PORT is "70000"; allowed: a whole number from 0 to 65535/);
    expect(read).toThrow(/CURRENCY is "XXQ"; allowed: an ISO 4217 code/);
    expect(read).toThrow(/AUTH is "none"; allowed: off or jwt/);
    expect(read).not.toThrow(/secret/);
  });
});

describe('the settings of a service', () => {
  it('say where it listens: on loopback, with its metrics beside the rest, unless told otherwise', () => {
    expect([hostSetting(undefined), hostSetting('0.0.0.0'), hostSetting('::')]).toEqual([
      '127.0.0.1',
      '0.0.0.0',
      '::',
    ]);
    expect([metricsPortSetting(undefined), metricsPortSetting('9090')]).toEqual([undefined, 9090]);
    expect(() => hostSetting('example.org')).toThrow(/an IP address/);
    expect(() => metricsPortSetting('90900')).toThrow(/a whole number from 0 to 65535/);
  });

  it('bound the connections to the database', () => {
    expect([databasePoolSizeSetting(undefined), databasePoolSizeSetting('16')]).toEqual([8, 16]);
    expect(() => databasePoolSizeSetting('1')).toThrow(/a whole number from 2 to 100/);
  });

  it('hold a reservation for some minutes or a part of one, and for no time that is set without an end', () => {
    expect(['', '0', '0.05', '15', '10080'].map((text) => reservationHoldSetting(text))).toEqual([
      0, 0, 0.05, 15, 10_080,
    ]);
    for (const text of ['-1', '10080.1', '1e3', '0x10', ' ', 'ten', 'Infinity']) {
      expect(() => reservationHoldSetting(text)).toThrow(/a number from 0 to 10080, such as 15 or 0.5/);
    }
  });

  it('take several addresses of NATS, and refuse them all for one that is none', () => {
    expect(natsUrlSetting('tls://a:4222, tls://b:4222')).toBe('tls://a:4222,tls://b:4222');
    expect(() => natsUrlSetting('nats://a:4222,b')).toThrow(/nats:\/\/ or tls:\/\//);
    expect(() => natsUrlSetting(undefined)).toThrow(/nats:\/\/ or tls:\/\//);
  });

  it.each([
    ['off', '127.0.0.1', true],
    ['off', '127.1.2.3', true],
    ['off', '::1', true],
    ['off', '0.0.0.0', false],
    ['off', '::', false],
    ['off', '10.0.0.1', false],
    ['jwt', '0.0.0.0', true],
  ])('with HOLDFAST_AUTH=%s and the host %s let it start: %s', (HOLDFAST_AUTH, HOLDFAST_HOST, isAllowed) => {
    const check = () => requireLoopbackWithoutAuth({ HOLDFAST_AUTH, HOLDFAST_HOST });
    if (isAllowed) expect(check).not.toThrow();
    else expect(check).toThrow(SettingsError);
  });
});
