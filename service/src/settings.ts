import type { Provision } from '@holdfast/messaging';
import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** Settings that are wrong or missing: the message lists each with its name, what was given and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one setting from its text; `undefined` when it is not set. Throws an Error that says what is allowed. */
type Setting<Value> = (text: string | undefined) => Value;

const refuse = (allowed: string): never => {
  throw new Error(allowed);
};

/** The kinds of setting. A fallback of `undefined` makes the setting required. */
export const setting = {
  text:
    (fallback?: string): Setting<string> =>
    (text) =>
      text || (fallback ?? refuse('any text')),
  integer:
    (range: { min: number; max: number; fallback?: number }): Setting<number> =>
    (text) => {
      const value = text === undefined || text === '' ? range.fallback : Number(text);
      if (value === undefined || !Number.isInteger(value) || value < range.min || value > range.max) {
        return refuse(`a whole number from ${range.min} to ${range.max}`);
      }
      return value;
    },
  /** Written with digits and at most one point. */
  decimal:
    (range: { min: number; max: number; fallback?: number }): Setting<number> =>
    (text) => {
      const value = !text ? range.fallback : /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
      if (value === undefined || value < range.min || value > range.max) {
        return refuse(`a number from ${range.min} to ${range.max}, such as 15 or 0.5`);
      }
      return value;
    },
  port: (fallback?: number): Setting<number> =>
    setting.integer({ min: 0, max: 65_535, ...(fallback === undefined ? {} : { fallback }) }),
  url:
    (protocols: readonly string[], fallback?: string): Setting<string> =>
    (text) => {
      const value = text || fallback;
      const url = value !== undefined && URL.canParse(value) ? new URL(value) : undefined;
      if (url === undefined || !protocols.includes(url.protocol.slice(0, -1))) {
        return refuse(
          `an address that begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
        );
      }
      return value!;
    },
  choice:
    <Choice extends string>(choices: readonly Choice[], fallback?: string): Setting<Choice> =>
    (text) =>
      choices.find((choice) => choice === (text || fallback)) ?? refuse(choices.join(' or ')),
  /** Several of `choices`, with commas between them. */
  list:
    <Choice extends string>(choices: readonly Choice[], fallback: string): Setting<readonly Choice[]> =>
    (text) => {
      const given = (text || fallback).split(',').map((one) => one.trim());
      const known = choices.filter((choice) => given.includes(choice));
      const isKnown = known.length === new Set(given).size;
      return isKnown ? known : refuse(`some of ${choices.join(', ')}, with commas between them`);
    },
  /** Origins of web pages, with commas between them; none when it is not set. */
  origins: (): Setting<readonly string[]> => (text) => {
    const given = text ? text.split(',').map((one) => one.trim()) : [];
    const areOrigins = given.every((one) => URL.canParse(one) && new URL(one).origin === one);
    return areOrigins ? given : refuse('origins such as https://shop.example.com, with commas between them');
  },
  /** `undefined` when it is not set. */
  optional:
    <Value>(read: Setting<Value>): Setting<Value | undefined> =>
    (text) =>
      text ? read(text) : undefined,
  /** Made absolute from the current folder. */
  file: (): Setting<string> => (text) =>
    text && statSync(text, { throwIfNoEntry: false })?.isFile()
      ? resolve(text)
      : refuse('a file that is there'),
  optionalText:
    (pattern: RegExp, allowed: string): Setting<string | undefined> =>
    (text) =>
      !text ? undefined : pattern.test(text) ? text : refuse(allowed),
  /** Made absolute from the current folder; `undefined` when it is not set. */
  optionalFile: (): Setting<string | undefined> => (text) => {
    if (!text) return undefined;
    const isFile = statSync(text, { throwIfNoEntry: false })?.isFile();
    return isFile ? resolve(text) : refuse('a file that is there');
  },
  /** Made absolute from the current folder; `undefined` when it is not set. */
  optionalFolder: (): Setting<string | undefined> => (text) => {
    if (!text) return undefined;
    const isFolder = statSync(text, { throwIfNoEntry: false })?.isDirectory();
    return isFolder ? resolve(text) : refuse('a folder that is there');
  },
};

/**
 * Reads every setting of `spec` from `environment`, by name.
 * @throws SettingsError that names all wrong settings at once; what may hold a secret is not repeated.
 */
export function readSettings<Spec extends Readonly<Record<string, Setting<unknown>>>>(
  environment: Environment,
  spec: Spec,
): { readonly [Name in keyof Spec]: ReturnType<Spec[Name]> } {
  const wrong: string[] = [];
  const values = Object.entries(spec).map(([name, read]) => {
    const text = environment[name];
    try {
      return [name, read(text)] as const;
    } catch (error) {
      const given =
        text === undefined ? 'not set' : mayHoldSecret.test(name) ? 'set to something else' : `"${text}"`;
      wrong.push(`${name} is ${given}; allowed: ${(error as Error).message}`);
      return [name, undefined] as const;
    }
  });
  if (wrong.length > 0) throw new SettingsError(wrong.join('\n'));
  return Object.fromEntries(values) as { [Name in keyof Spec]: ReturnType<Spec[Name]> };
}

const mayHoldSecret = /(URL|PASSWORD|KEYS)$/;

export const authSetting = setting.choice(['off', 'jwt'] as const, 'jwt');
/** How callers say who they are. */
export type AuthMode = ReturnType<typeof authSetting>;
export const logLevelSetting = setting.choice(
  ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const,
  'info',
);
export const postgresUrlSetting = setting.url(['postgres', 'postgresql']);
/** One `nats://` or `tls://` address, or several with commas between. */
export const natsUrlSetting: Setting<string> = (text) => {
  const servers = (text ?? '').split(',').map((server) => setting.url(['nats', 'tls'])(server.trim()));
  return servers.join(',');
};
const MIN_KEY_LENGTH = 32;
const MAX_KEYS = 3;
/** With what the gateway signs its viewers, for the subgraphs: the first signs, every one is taken. Empty when not set. */
export const viewerKeysSetting: Setting<readonly string[]> = (text) => {
  const keys = text ? text.split(',') : [];
  if (keys.length > MAX_KEYS || keys.some((key) => key.length < MIN_KEY_LENGTH)) {
    return refuse(
      `1 to ${MAX_KEYS} secrets of at least ${MIN_KEY_LENGTH} characters, with commas between them`,
    );
  }
  return keys;
};
/**
 * The keys that go with a mode: none where authentication is off.
 * @throws SettingsError when there are none in a mode that needs them.
 */
export function viewerKeysFor(auth: AuthMode, keys: readonly string[]): readonly string[] {
  if (auth === 'off') return [];
  if (keys.length > 0) return keys;
  throw new SettingsError(
    'VIEWER_KEYS is not set, and HOLDFAST_AUTH=jwt needs it: the secret by which subgraphs know the gateway',
  );
}
/** ISO 4217; the one currency of the catalogue. */
export const currencySetting: Setting<string> = (text) => {
  const code = text || 'GBP';
  return Intl.supportedValuesOf('currency').includes(code) ? code : refuse('an ISO 4217 code such as GBP');
};

/** How long a reservation is held before it must be confirmed, in minutes of at most seven days; 0: it has no end. */
export const reservationHoldSetting = setting.decimal({ min: 0, max: 7 * 24 * 60, fallback: 0 });

/** The address that a server listens on: loopback, unless one is given. */
export const hostSetting: Setting<string> = (text) => {
  const host = text || '127.0.0.1';
  return isIP(host) > 0 ? host : refuse('an IP address such as 127.0.0.1, or 0.0.0.0 for all');
};
/** The port of a listener for /metrics alone; `undefined`: they are served with everything else. */
export const metricsPortSetting: Setting<number | undefined> = (text) =>
  text ? setting.port()(text) : undefined;
/**
 * Who makes what a service needs in its database and in NATS: the service itself, or jobs that run before it, so that its own
 * rights may be few.
 */
export const provisionSetting: Setting<Provision> = setting.choice(['self', 'wait'] as const, 'self');
/** Connections to the database that one process opens at most; 8 beat 32 on two cores. */
export const databasePoolSizeSetting = setting.integer({ min: 2, max: 100, fallback: 8 });

/**
 * Keeps a service that asks nobody who they are from being reached from elsewhere.
 * @throws SettingsError when authentication is off and the host is not loopback.
 */
export function requireLoopbackWithoutAuth(settings: {
  readonly HOLDFAST_AUTH: string;
  readonly HOLDFAST_HOST: string;
}): void {
  const { HOLDFAST_AUTH, HOLDFAST_HOST } = settings;
  if (HOLDFAST_AUTH !== 'off' || /^(127(\.\d+){3}|::1)$/.test(HOLDFAST_HOST)) return;
  throw new SettingsError(
    `HOLDFAST_HOST is "${HOLDFAST_HOST}"; allowed with HOLDFAST_AUTH=off: 127.0.0.1 or ::1, since every caller is then the operator`,
  );
}
