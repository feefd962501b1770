import { provisionTopology } from '@holdfast/messaging';
import { createLogger } from './logger.ts';
import { runJob } from './main.ts';
import { natsServerOf, natsSettings } from './nats-settings.ts';
import { logLevelSetting, readSettings, setting } from './settings.ts';

/** The job of each release, before its services: makes and updates the streams and consumers. */
await runJob(async (signal) => {
  const settings = readSettings(process.env, {
    ...natsSettings,
    NATS_STREAM_REPLICAS: setting.integer({ min: 1, max: 5, fallback: 1 }),
    NATS_STREAM_MAX_BYTES: setting.integer({ min: -1, max: Number.MAX_SAFE_INTEGER, fallback: -1 }),
    LOG_LEVEL: logLevelSetting,
  });
  const log = createLogger('topology', settings.LOG_LEVEL);
  // To the server 0 is no limit too, which it says as -1.
  const [streamReplicas, streamMaxBytes] = [
    settings.NATS_STREAM_REPLICAS,
    settings.NATS_STREAM_MAX_BYTES || -1,
  ];
  await provisionTopology({ ...natsServerOf(settings), signal, log }, { streamReplicas, streamMaxBytes });
  log.info({ event: 'topology-ready', streamReplicas, streamMaxBytes });
});
