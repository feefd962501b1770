import { runMain } from '@holdfast/service';
import { startOrders } from './app.ts';
import { readOrdersConfig } from './config.ts';

await runMain(async (signal) => startOrders(readOrdersConfig(process.env), signal));
