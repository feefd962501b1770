import { runMain } from '@holdfast/service';
import { startGateway } from './app.ts';
import { readConfig } from './config.ts';

await runMain(() => startGateway(readConfig(process.env)));
