import type { NatsServer } from '@holdfast/messaging';
import {
  authSetting,
  logLevelSetting,
  natsServerOf,
  natsSettings,
  readSettings,
  setting,
} from '@holdfast/service';

/** What `startGateway` needs to know. */
export interface GatewayConfig {
  readonly port: number;
  readonly ordersUrl: string;
  readonly inventoryUrl: string;
  readonly nats: NatsServer;
  readonly logLevel: string;
  /** Changes that wait for one client before it is cut. Default 1,000. */
  readonly queueLimit?: number;
  /** A subgraph that takes longer does not answer. Default 15 s. */
  readonly subgraphDeadlineMs?: number;
  /** Time between two looks into the journal while nothing seems wrong. Default 60 s. */
  readonly sweepIntervalMs?: number;
  /** The folder of the built web client. Default: web/dist of this repository. */
  readonly webRoot?: string | undefined;
}

/** Reads the gateway's settings. @throws SettingsError that names every wrong one. */
export function readConfig(environment: NodeJS.ProcessEnv): GatewayConfig {
  const settings = readSettings(environment, {
    GATEWAY_PORT: setting.port(4000),
    ORDERS_URL: setting.url(['http', 'https'], 'http://127.0.0.1:4001/graphql'),
    INVENTORY_URL: setting.url(['http', 'https'], 'http://127.0.0.1:4002/graphql'),
    ...natsSettings,
    GATEWAY_WEB_ROOT: setting.optionalFolder(),
    HOLDFAST_AUTH: authSetting,
    LOG_LEVEL: logLevelSetting,
  });
  return {
    port: settings.GATEWAY_PORT,
    ordersUrl: settings.ORDERS_URL,
    inventoryUrl: settings.INVENTORY_URL,
    nats: natsServerOf(settings),
    webRoot: settings.GATEWAY_WEB_ROOT,
    logLevel: settings.LOG_LEVEL,
  };
}
