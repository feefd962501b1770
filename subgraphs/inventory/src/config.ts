import type { NatsServer } from '@holdfast/messaging';
import {
  authSetting,
  currencySetting,
  databasePoolSizeSetting,
  hostSetting,
  logLevelSetting,
  metricsPortSetting,
  natsServerOf,
  natsSettings,
  postgresUrlSetting,
  provisionSetting,
  readSettings,
  requireLoopbackWithoutAuth,
  reservationHoldSetting,
  setting,
  viewerKeysFor,
  viewerKeysSetting,
  type AuthMode,
  type Provision,
} from '@holdfast/service';

/** How the inventory service runs. */
export interface InventoryConfig {
  readonly port: number;
  /** The address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** The port of a listener for /metrics alone; without one they are served with everything else. */
  readonly metricsPort?: number | undefined;
  readonly databaseUrl: string;
  /** Connections to the database at most. Default 8. */
  readonly databasePoolSize?: number;
  /** Who migrates the database and makes the streams. Default `self`. */
  readonly provision?: Provision;
  readonly nats: NatsServer;
  /** ISO 4217: the one currency of the catalogue. */
  readonly currencyCode: string;
  /** How long a new reservation is held before it must be confirmed; null: it has no end. Default null. */
  readonly reservationHoldMs?: number | null;
  readonly auth: AuthMode;
  /** What the gateway signs its viewers with; empty where authentication is off. */
  readonly viewerKeys: readonly string[];
  readonly logLevel: string;
}

/** Reads the settings. @throws SettingsError that names every wrong one. */
export function readInventoryConfig(environment: NodeJS.ProcessEnv): InventoryConfig {
  const settings = readSettings(environment, {
    INVENTORY_PORT: setting.port(4002),
    HOLDFAST_HOST: hostSetting,
    METRICS_PORT: metricsPortSetting,
    INVENTORY_DATABASE_URL: postgresUrlSetting,
    DATABASE_POOL_SIZE: databasePoolSizeSetting,
    HOLDFAST_PROVISION: provisionSetting,
    ...natsSettings,
    CATALOGUE_CURRENCY: currencySetting,
    RESERVATION_HOLD_MINUTES: reservationHoldSetting,
    LOG_LEVEL: logLevelSetting,
    HOLDFAST_AUTH: authSetting,
    VIEWER_KEYS: viewerKeysSetting,
  });
  requireLoopbackWithoutAuth(settings);
  return {
    port: settings.INVENTORY_PORT,
    host: settings.HOLDFAST_HOST,
    metricsPort: settings.METRICS_PORT,
    databaseUrl: settings.INVENTORY_DATABASE_URL,
    databasePoolSize: settings.DATABASE_POOL_SIZE,
    provision: settings.HOLDFAST_PROVISION,
    nats: natsServerOf(settings),
    currencyCode: settings.CATALOGUE_CURRENCY,
    reservationHoldMs: holdMsOf(settings.RESERVATION_HOLD_MINUTES),
    auth: settings.HOLDFAST_AUTH,
    viewerKeys: viewerKeysFor(settings.HOLDFAST_AUTH, settings.VIEWER_KEYS),
    logLevel: settings.LOG_LEVEL,
  };
}

/** Null for no end; the shortest hold is one millisecond. */
const holdMsOf = (minutes: number): number | null =>
  minutes === 0 ? null : Math.max(1, Math.round(minutes * 60_000));

/** What the inventory migration job needs. */
export interface InventoryMigrationConfig {
  /** As the role that owns the database. */
  readonly databaseUrl: string;
  /** The role that the service has. */
  readonly serviceRole: string;
  readonly logLevel: string;
}

/** Reads the settings of the migration job. @throws SettingsError that names every wrong one. */
export function readInventoryMigrationConfig(environment: NodeJS.ProcessEnv): InventoryMigrationConfig {
  const settings = readSettings(environment, {
    INVENTORY_DATABASE_URL: postgresUrlSetting,
    DATABASE_SERVICE_ROLE: setting.text(),
    LOG_LEVEL: logLevelSetting,
  });
  return {
    databaseUrl: settings.INVENTORY_DATABASE_URL,
    serviceRole: settings.DATABASE_SERVICE_ROLE,
    logLevel: settings.LOG_LEVEL,
  };
}
