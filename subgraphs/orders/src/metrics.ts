import type { Messaging } from '@holdfast/messaging';
import { Gauge, type Registry } from 'prom-client';

/** What waits in this service and whether NATS is there, read when somebody asks. */
export function registerMetrics(registry: Registry, messaging: Messaging): void {
  const registers = [registry];
  const isConnected = new Gauge({
    name: 'holdfast_nats_connected',
    help: '1 while NATS is connected',
    registers,
  });
  const pending = new Gauge({
    name: 'holdfast_consumer_pending',
    help: 'Messages in the stream that a consumer has not been given yet',
    labelNames: ['consumer'],
    registers,
  });
  const waiting = new Gauge({
    name: 'holdfast_outbox_rows',
    help: 'Facts stated and not yet published',
    registers: [],
    async collect() {
      const status = await messaging.status().catch(() => null);
      if (status === null) return;
      this.set(status.outboxRows);
      isConnected.set(status.nats === 'connected' ? 1 : 0);
      for (const consumer of status.consumers) pending.set({ consumer: consumer.name }, consumer.pending);
    },
  });
  registry.registerMetric(waiting);
}
