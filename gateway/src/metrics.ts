import { Gauge, type Registry } from 'prom-client';
import type { LiveLayer } from './live/live-layer.ts';
import type { SseTransport } from './live/sse.ts';
import type { WebSocketTransport } from './live/websocket.ts';

/** The gateway's own figures beside those of the process. */
export function registerMetrics(
  registry: Registry,
  live: LiveLayer,
  webSocket: () => WebSocketTransport | undefined,
  sse: SseTransport,
): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('holdfast_nats_connected', '1 while the gateway is connected to NATS.', () =>
    Number(live.status().isNatsConnected),
  );
  gauge('holdfast_live_open_orders', 'Orders that somebody watches.', () => live.status().openOrders);
  gauge(
    'holdfast_live_executions',
    'Answers to events that were worked out rather than shared, since the start.',
    () => live.status().executions,
  );
  gauge(
    'holdfast_live_cuts',
    'Subscribers that were cut because they read too slowly, since the start.',
    () => live.status().cuts,
  );
  gauge('holdfast_websocket_connections', 'Open WebSockets.', () => webSocket()?.connections ?? 0);
  gauge(
    'holdfast_websocket_subscriptions',
    'Subscriptions on WebSockets.',
    () => webSocket()?.subscriptions ?? 0,
  );
  gauge('holdfast_sse_connections', 'Subscriptions by server-sent events.', () => sse.connections);
}
