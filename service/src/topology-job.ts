import { provisionTopology } from '@holdfast/messaging';
import { createLogger } from './logger.ts';
import { runJob } from './main.ts';
import { readTopologySettings } from './topology-settings.ts';

/** The job of each release, before its services: makes and updates the streams and consumers. */
await runJob(async (signal) => {
  const { nats, streamReplicas, streamMaxBytes, logLevel } = readTopologySettings(process.env);
  const log = createLogger('topology', logLevel);
  await provisionTopology({ ...nats, signal, log }, { streamReplicas, streamMaxBytes });
  log.info({ event: 'topology-ready', streamReplicas, streamMaxBytes });
});
