import { ParkedUsageError, parkedOptions, parkedUsage } from './parked/options.ts';
import { runParked } from './parked/run-parked.ts';
import { createGatewayClient } from './replay/gateway-client.ts';
import { findRunningSystem } from './running-system.ts';
import { operatorHeaders } from './token/access.ts';

const usualWidth = 160;

/** Exit codes: 0 done; 1 something was refused, such as an unknown id or a message that still fails; 2 could not run. */
async function main(): Promise<number> {
  try {
    const options = parkedOptions(process.argv.slice(2));
    const system = findRunningSystem(process.env);
    if (system === null) throw new Error('nothing runs: start it with npm start, or set GATEWAY_URL');
    const headers =
      options.token === null
        ? await operatorHeaders(process.env)
        : { authorization: `Bearer ${options.token}` };
    const client = createGatewayClient({
      url: system.graphqlUrl,
      headers,
      connections: 1,
      waitMs: options.waitMs,
    });
    try {
      const isDone = await runParked(options, client, {
        print: (line) => void process.stdout.write(`${line}\n`),
        width: process.stdout.columns ?? usualWidth,
      });
      return isDone ? 0 : 1;
    } finally {
      await client.close();
    }
  } catch (error) {
    process.stderr.write(`parked: ${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof ParkedUsageError) process.stderr.write(`${parkedUsage}\n`);
    return 2;
  }
}

process.exitCode = await main();
