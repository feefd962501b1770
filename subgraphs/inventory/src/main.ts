import { runMain } from '@holdfast/service';
import { startInventory } from './app.ts';
import { readInventoryConfig } from './config.ts';

await runMain(async (signal) => startInventory(readInventoryConfig(process.env), signal));
