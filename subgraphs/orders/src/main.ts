import { runMain } from '@holdfast/service';
import { startOrders } from './app.ts';
import { readOrdersConfig } from './config.ts';

await runMain(async () => startOrders(readOrdersConfig(process.env)));
