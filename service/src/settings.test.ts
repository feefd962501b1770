import { describe, expect, it } from '@jest/globals';
import { authSetting, currencySetting, readSettings, setting, SettingsError } from './settings.ts';

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
        { PORT: '70000', CURRENCY: 'XXQ', NATS_URL: 'http://user:secret@host' },
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
