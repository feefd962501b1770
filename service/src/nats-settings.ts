import type { NatsServer } from '@holdfast/messaging';
import { natsUrlSetting, setting, SettingsError } from './settings.ts';

/** Where NATS is and as whom a process is there; `natsServerOf` puts them together. */
export const natsSettings = {
  NATS_URL: natsUrlSetting,
  // It names the user's inboxes, so it is one token of a subject.
  NATS_USER: setting.optionalText(/^[\w-]+$/, 'letters, digits, _ and -'),
  NATS_PASSWORD: setting.optionalText(/./, 'any text'),
  NATS_CA_FILE: setting.optionalFile(),
};

/** @throws SettingsError when only one of user and password is set. */
export function natsServerOf(settings: {
  readonly [Name in keyof typeof natsSettings]: ReturnType<(typeof natsSettings)[Name]>;
}): NatsServer {
  const { NATS_URL: url, NATS_USER: user, NATS_PASSWORD: password, NATS_CA_FILE: caFile } = settings;
  if ((user === undefined) !== (password === undefined)) {
    const missing = user === undefined ? 'NATS_USER' : 'NATS_PASSWORD';
    throw new SettingsError(`${missing} is not set; allowed: both NATS_USER and NATS_PASSWORD, or neither`);
  }
  return { url, user, password, caFile };
}
