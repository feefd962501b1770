import { runMain } from '@holdfast/service';
import { startGateway } from './app.ts';
import { readGatewayConfig } from './config.ts';

await runMain(() => startGateway(readGatewayConfig(process.env)));
