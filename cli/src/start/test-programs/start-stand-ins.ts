import { join } from 'node:path';
import { runHoldfast } from '../run-holdfast.ts';
import { readStartSettings } from '../settings.ts';
import type { ServiceName } from '../settings.ts';
import { StartError } from '../start-error.ts';

/** `npm start` with stand-ins for the services; says READY when they are. The one named by DYING_SERVICE dies at every start. */
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
try {
  await runHoldfast({
    settings: readStartSettings(process.env),
    programs: ({ urls, ports }) =>
      (['orders', 'inventory', 'gateway'] as const satisfies ServiceName[]).map((name) => ({
        name,
        file: join(import.meta.dirname, 'stand-in.ts'),
        env: {
          STAND_IN_PORT: String(ports[name]),
          STAND_IN_DIES: process.env['DYING_SERVICE'] === name ? 'yes' : '',
          NATS_URL: urls.nats,
          ORDERS_DATABASE_URL: urls.ordersDatabase,
        },
        readyUrls: [`http://127.0.0.1:${ports[name]}/readyz`],
      })),
    whenReady: () => Promise.resolve(console.log('READY')),
    say: (line) => console.log(line),
    signal: stopping.signal,
    firstDelayMs: 100,
  });
  process.exit(0);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}
