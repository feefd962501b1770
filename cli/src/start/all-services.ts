import { startGateway } from '@holdfast/gateway';
import { readGatewayConfig } from '@holdfast/gateway/config';
import { startInventory } from '@holdfast/inventory';
import { readInventoryConfig } from '@holdfast/inventory/config';
import { startOrders } from '@holdfast/orders';
import { readOrdersConfig } from '@holdfast/orders/config';
import { runMain } from '@holdfast/service';

/** The program behind HOLDFAST_PROCESSES=one: the three services in one process, started in order and drained in reverse. */
await runMain(async (signal) => {
  const { env } = process;
  const [orders, inventory, gateway] = [
    readOrdersConfig(env),
    readInventoryConfig(env),
    readGatewayConfig(env),
  ];
  const running = new AsyncDisposableStack();
  const keep = async (starting: Promise<{ stop(): Promise<void> }>) => {
    const service = await starting;
    running.defer(() => service.stop());
  };
  await keep(startOrders(orders, signal));
  await keep(startInventory(inventory, signal));
  await keep(startGateway(gateway));
  return { stop: () => running.disposeAsync() };
});
