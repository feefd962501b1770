import { Gauge, type Registry } from 'prom-client';
import type { Admission } from './access/admission.ts';
import type { LiveLayer } from './live/live-layer.ts';
import type { SseTransport } from './live/sse.ts';
import type { WebSocketTransport } from './live/websocket.ts';

/** The gateway's own figures beside those of the process. */
export function registerMetrics(
  registry: Registry,
  live: LiveLayer,
  webSocket: () => WebSocketTransport | undefined,
  sse: SseTransport,
  admission: Admission,
): void {
  const add = (name: string, help: string, read: () => number): void => {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    registry.registerMetric(gauge);
  };
  add('holdfast_nats_connected', '1 while the gateway is connected to NATS.', () =>
    Number(live.status().isNatsConnected),
  );
  add('holdfast_live_open_orders', 'Orders that somebody watches.', () => live.status().openOrders);
  add(
    'holdfast_live_executions',
    'Answers to events that were worked out rather than shared, since the start.',
    () => live.status().executions,
  );
  add(
    'holdfast_live_cuts',
    'Subscribers that were cut because they read too slowly, since the start.',
    () => live.status().cuts,
  );
  add('holdfast_websocket_connections', 'Open WebSockets.', () => webSocket()?.connections ?? 0);
  add(
    'holdfast_websocket_subscriptions',
    'Subscriptions on WebSockets.',
    () => webSocket()?.subscriptions ?? 0,
  );
  add('holdfast_sse_connections', 'Subscriptions by server-sent events.', () => sse.connections);
  add(
    'holdfast_rate_limited',
    'Operations refused because their viewer asked for too much, since the start.',
    () => admission.refused,
  );
}
