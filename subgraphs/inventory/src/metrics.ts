import type { Messaging, MessagingStatus } from '@holdfast/messaging';
import { Gauge, type Registry } from 'prom-client';

/** What waits in this service and whether NATS is there, read when somebody asks: once for all gauges. */
export function registerMetrics(registry: Registry, messaging: Messaging): void {
  const registers = [registry];
  let asked: Promise<MessagingStatus> | undefined;
  const status = (): Promise<MessagingStatus> => {
    asked ??= messaging.status().finally(() => {
      asked = undefined;
    });
    return asked;
  };
  new Gauge({
    name: 'holdfast_nats_connected',
    help: '1 while NATS is connected',
    registers,
    async collect() {
      this.set((await status()).nats === 'connected' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'holdfast_outbox_rows',
    help: 'Facts stated and not yet published',
    registers,
    async collect() {
      this.set((await status()).outboxRows);
    },
  });
  new Gauge({
    name: 'holdfast_consumer_pending',
    help: 'Messages in the stream that a consumer has not been given yet',
    labelNames: ['consumer'],
    registers,
    async collect() {
      for (const { name, pending } of (await status()).consumers) this.set({ consumer: name }, pending);
    },
  });
}
