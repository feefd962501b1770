import type { NatsServer } from '@holdfast/messaging';
import { natsServerOf, natsSettings } from './nats-settings.ts';
import { logLevelSetting, readSettings, setting } from './settings.ts';

/** What the topology job needs to know. */
export interface TopologyJobSettings {
  readonly nats: NatsServer;
  /** Copies of each stream. */
  readonly streamReplicas: number;
  /** A full stream refuses new messages; -1 for no limit. */
  readonly streamMaxBytes: number;
  readonly logLevel: string;
}

/** @throws SettingsError that names every wrong one. */
export function readTopologySettings(environment: NodeJS.ProcessEnv): TopologyJobSettings {
  const settings = readSettings(environment, {
    ...natsSettings,
    NATS_STREAM_REPLICAS: setting.integer({ min: 1, max: 5, fallback: 1 }),
    NATS_STREAM_MAX_BYTES: setting.integer({ min: -1, max: Number.MAX_SAFE_INTEGER, fallback: -1 }),
    LOG_LEVEL: logLevelSetting,
  });
  return {
    nats: natsServerOf(settings),
    streamReplicas: settings.NATS_STREAM_REPLICAS,
    // To the server 0 is no limit too, which it says as -1.
    streamMaxBytes: settings.NATS_STREAM_MAX_BYTES || -1,
    logLevel: settings.LOG_LEVEL,
  };
}
