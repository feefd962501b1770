import {
  authSetting,
  currencySetting,
  logLevelSetting,
  natsUrlSetting,
  postgresUrlSetting,
  readSettings,
  setting,
  viewerKeysFor,
  viewerKeysSetting,
  type AuthMode,
} from '@holdfast/service';

/** How the orders service runs. */
export interface OrdersConfig {
  readonly port: number;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** ISO 4217: the one currency of the catalogue. */
  readonly currencyCode: string;
  /** Facts waiting to be published above which orders are refused for a while. */
  readonly outboxMaxRows: number;
  readonly auth: AuthMode;
  /** What the gateway signs its viewers with; empty where authentication is off. */
  readonly viewerKeys: readonly string[];
  readonly logLevel: string;
}

/** Reads the settings. @throws SettingsError that names every wrong one. */
export function readOrdersConfig(environment: NodeJS.ProcessEnv): OrdersConfig {
  const settings = readSettings(environment, {
    ORDERS_PORT: setting.port(4001),
    ORDERS_DATABASE_URL: postgresUrlSetting,
    NATS_URL: natsUrlSetting,
    CATALOGUE_CURRENCY: currencySetting,
    OUTBOX_MAX_ROWS: setting.integer({ min: 1, max: 100_000_000, fallback: 1_000_000 }),
    LOG_LEVEL: logLevelSetting,
    HOLDFAST_AUTH: authSetting,
    VIEWER_KEYS: viewerKeysSetting,
  });
  return {
    port: settings.ORDERS_PORT,
    databaseUrl: settings.ORDERS_DATABASE_URL,
    natsUrl: settings.NATS_URL,
    currencyCode: settings.CATALOGUE_CURRENCY,
    outboxMaxRows: settings.OUTBOX_MAX_ROWS,
    auth: settings.HOLDFAST_AUTH,
    viewerKeys: viewerKeysFor(settings.HOLDFAST_AUTH, settings.VIEWER_KEYS),
    logLevel: settings.LOG_LEVEL,
  };
}
