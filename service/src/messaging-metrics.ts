import { hostname } from 'node:os';
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
    name: 'holdfast_outbox_oldest_seconds',
    help: 'How long the oldest fact that is not yet published has waited; 0 when there is none',
    async collect() {
      const { outboxOldestAt } = await status();
      this.set(outboxOldestAt === null ? 0 : Math.max(0, (Date.now() - outboxOldestAt.getTime()) / 1_000));
    },
  });
  gauge({
    name: 'holdfast_relay_lease_held',
    help: '1 in the process whose relay publishes',
    async collect() {
      this.set(isOwnLease((await status()).relay) ? 1 : 0);
    },
  });
  gauge({
    name: 'holdfast_relay_generation',
    help: 'How often the tail of the stream was repaired',
    async collect() {
      this.set((await status()).relay.generation);
    },
  });
  gauge({
    name: 'holdfast_parked_messages',
    help: 'Messages that wait parked for a person',
    labelNames: ['consumer'],
    async collect() {
      for (const [consumer, count] of await messaging.countParked()) this.set({ consumer }, count);
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

const isOwnLease = ({ owner, leaseExpiresAt }: MessagingStatus['relay']): boolean =>
  owner !== null &&
  owner.startsWith(`${hostname()}:${process.pid}:`) &&
  leaseExpiresAt !== null &&
  leaseExpiresAt.getTime() > Date.now();
