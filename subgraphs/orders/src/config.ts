import type { FaultPoint, NatsServer } from '@holdfast/messaging';
import {
  authSetting,
  currencySetting,
  databasePoolSizeSetting,
  faultPointSetting,
  hostSetting,
  logLevelSetting,
  metricsPortSetting,
  natsServerOf,
  natsSettings,
  postgresUrlSetting,
  provisionSetting,
  readSettings,
  requireLoopbackWithoutAuth,
  requireNoFaultPointWithAuth,
  setting,
  viewerKeysFor,
  viewerKeysSetting,
  type AuthMode,
  type Provision,
} from '@holdfast/service';

/** How the orders service runs. */
export interface OrdersConfig {
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
  /** Facts waiting to be published above which orders are refused for a while. */
  readonly outboxMaxRows: number;
  /** How long an order may wait for inventory's decision, counted from the stream's ack of its OrderPlaced. */
  readonly decisionSeconds: number;
  readonly auth: AuthMode;
  /** What the gateway signs its viewers with; empty where authentication is off. */
  readonly viewerKeys: readonly string[];
  readonly logLevel: string;
  /** Where it is to end itself, in a proof under faults. Default nowhere. */
  readonly faultPoint?: FaultPoint | null;
}

/** Reads the settings. @throws SettingsError that names every wrong one. */
export function readOrdersConfig(environment: NodeJS.ProcessEnv): OrdersConfig {
  const settings = readSettings(environment, {
    ORDERS_PORT: setting.port(4001),
    HOLDFAST_HOST: hostSetting,
    METRICS_PORT: metricsPortSetting,
    ORDERS_DATABASE_URL: postgresUrlSetting,
    DATABASE_POOL_SIZE: databasePoolSizeSetting,
    HOLDFAST_PROVISION: provisionSetting,
    ...natsSettings,
    CATALOGUE_CURRENCY: currencySetting,
    OUTBOX_MAX_ROWS: setting.integer({ min: 1, max: 100_000_000, fallback: 1_000_000 }),
    // No more than outbox rows are kept for: by their published_at the time is counted.
    ORDER_DECISION_SECONDS: setting.integer({ min: 1, max: 900, fallback: 300 }),
    LOG_LEVEL: logLevelSetting,
    HOLDFAST_AUTH: authSetting,
    VIEWER_KEYS: viewerKeysSetting,
    FAULT_POINT: faultPointSetting,
  });
  requireLoopbackWithoutAuth(settings);
  requireNoFaultPointWithAuth(settings);
  return {
    port: settings.ORDERS_PORT,
    host: settings.HOLDFAST_HOST,
    metricsPort: settings.METRICS_PORT,
    databaseUrl: settings.ORDERS_DATABASE_URL,
    databasePoolSize: settings.DATABASE_POOL_SIZE,
    provision: settings.HOLDFAST_PROVISION,
    nats: natsServerOf(settings),
    currencyCode: settings.CATALOGUE_CURRENCY,
    outboxMaxRows: settings.OUTBOX_MAX_ROWS,
    decisionSeconds: settings.ORDER_DECISION_SECONDS,
    auth: settings.HOLDFAST_AUTH,
    viewerKeys: viewerKeysFor(settings.HOLDFAST_AUTH, settings.VIEWER_KEYS),
    logLevel: settings.LOG_LEVEL,
    faultPoint: settings.FAULT_POINT,
  };
}

/** What the orders migration job needs. */
export interface OrdersMigrationConfig {
  /** As the role that owns the database. */
  readonly databaseUrl: string;
  /** The role that the service has. */
  readonly serviceRole: string;
  readonly logLevel: string;
}

/** Reads the settings of the migration job. @throws SettingsError that names every wrong one. */
export function readOrdersMigrationConfig(environment: NodeJS.ProcessEnv): OrdersMigrationConfig {
  const settings = readSettings(environment, {
    ORDERS_DATABASE_URL: postgresUrlSetting,
    DATABASE_SERVICE_ROLE: setting.text(),
    LOG_LEVEL: logLevelSetting,
  });
  return {
    databaseUrl: settings.ORDERS_DATABASE_URL,
    serviceRole: settings.DATABASE_SERVICE_ROLE,
    logLevel: settings.LOG_LEVEL,
  };
}
