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

/** How the inventory service runs. */
export interface InventoryConfig {
  readonly port: number;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** ISO 4217: the one currency of the catalogue. */
  readonly currencyCode: string;
  readonly auth: AuthMode;
  /** What the gateway signs its viewers with; empty where authentication is off. */
  readonly viewerKeys: readonly string[];
  readonly logLevel: string;
}

/** Reads the settings. @throws SettingsError that names every wrong one. */
export function readInventoryConfig(environment: NodeJS.ProcessEnv): InventoryConfig {
  const settings = readSettings(environment, {
    INVENTORY_PORT: setting.port(4002),
    INVENTORY_DATABASE_URL: postgresUrlSetting,
    NATS_URL: natsUrlSetting,
    CATALOGUE_CURRENCY: currencySetting,
    LOG_LEVEL: logLevelSetting,
    HOLDFAST_AUTH: authSetting,
    VIEWER_KEYS: viewerKeysSetting,
  });
  return {
    port: settings.INVENTORY_PORT,
    databaseUrl: settings.INVENTORY_DATABASE_URL,
    natsUrl: settings.NATS_URL,
    currencyCode: settings.CATALOGUE_CURRENCY,
    auth: settings.HOLDFAST_AUTH,
    viewerKeys: viewerKeysFor(settings.HOLDFAST_AUTH, settings.VIEWER_KEYS),
    logLevel: settings.LOG_LEVEL,
  };
}
