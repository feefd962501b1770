import { startGateway } from '@holdfast/gateway';
import { startInventory } from '@holdfast/inventory';
import { startOrders } from '@holdfast/orders';
import {
  authSetting,
  currencySetting,
  logLevelSetting,
  natsServerOf,
  natsSettings,
  postgresUrlSetting,
  readSettings,
  runMain,
  setting,
} from '@holdfast/service';

/** The program behind HOLDFAST_PROCESSES=one: the three services in one process, started in order and drained in reverse. */
await runMain(async (signal) => {
  const settings = readSettings(process.env, {
    ORDERS_PORT: setting.port(4001),
    ORDERS_DATABASE_URL: postgresUrlSetting,
    OUTBOX_MAX_ROWS: setting.integer({ min: 1, max: 100_000_000, fallback: 1_000_000 }),
    INVENTORY_PORT: setting.port(4002),
    INVENTORY_DATABASE_URL: postgresUrlSetting,
    GATEWAY_PORT: setting.port(4000),
    GATEWAY_WEB_ROOT: setting.optionalFolder(),
    ORDERS_URL: setting.url(['http', 'https']),
    INVENTORY_URL: setting.url(['http', 'https']),
    ...natsSettings,
    CATALOGUE_CURRENCY: currencySetting,
    LOG_LEVEL: logLevelSetting,
    HOLDFAST_AUTH: authSetting,
  });
  const shared = { nats: natsServerOf(settings), logLevel: settings.LOG_LEVEL };
  const running = new AsyncDisposableStack();
  const keep = async (starting: Promise<{ stop(): Promise<void> }>) => {
    const service = await starting;
    running.defer(() => service.stop());
  };
  await keep(
    startOrders(
      {
        ...shared,
        port: settings.ORDERS_PORT,
        databaseUrl: settings.ORDERS_DATABASE_URL,
        currencyCode: settings.CATALOGUE_CURRENCY,
        outboxMaxRows: settings.OUTBOX_MAX_ROWS,
        auth: settings.HOLDFAST_AUTH,
      },
      signal,
    ),
  );
  await keep(
    startInventory(
      {
        ...shared,
        port: settings.INVENTORY_PORT,
        databaseUrl: settings.INVENTORY_DATABASE_URL,
        currencyCode: settings.CATALOGUE_CURRENCY,
        auth: settings.HOLDFAST_AUTH,
      },
      signal,
    ),
  );
  await keep(
    startGateway({
      ...shared,
      port: settings.GATEWAY_PORT,
      ordersUrl: settings.ORDERS_URL,
      inventoryUrl: settings.INVENTORY_URL,
      webRoot: settings.GATEWAY_WEB_ROOT,
    }),
  );
  return { stop: () => running.disposeAsync() };
});
