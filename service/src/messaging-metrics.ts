import type { Messaging, MessagingStatus } from '@holdfast/messaging';
import { Gauge, type GaugeConfiguration, type Registry } from 'prom-client';

/** Gauges of what waits in a service and whether NATS is there, read when somebody asks: once for all gauges. */
export function registerMessagingMetrics(registry: Registry, messaging: Messaging): void {
  const gauge = (configuration: GaugeConfiguration<string>): void =>
    registry.registerMetric(new Gauge({ ...configuration, registers: [] }));
  let asked: Promise<MessagingStatus> | undefined;
  const status = (): Promise<MessagingStatus> => {
    asked ??= messaging.status().finally(() => {
      asked = undefined;
    });
    return asked;
  };
  gauge({
    name: 'holdfast_nats_connected',
    help: '1 while NATS is connected',
    async collect() {
      this.set((await status()).nats === 'connected' ? 1 : 0);
    },
  });
  gauge({
    name: 'holdfast_outbox_rows',
    help: 'Facts stated and not yet published',
    async collect() {
      this.set((await status()).outboxRows);
    },
  });
  gauge({
    name: 'holdfast_consumer_pending',
    help: 'Messages in the stream that a consumer has not been given yet',
    labelNames: ['consumer'],
    async collect() {
      for (const { name, pending } of (await status()).consumers) this.set({ consumer: name }, pending);
    },
  });
}
