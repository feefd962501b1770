import { ReconcileImpossibleError, reconcileRunningSystem } from './reconcile/run-reconcile.ts';
import { GatewayAwayError } from './replay/gateway-client.ts';
import { UsageError, replayOptions, replayUsage } from './replay/options.ts';
import { runReplay } from './replay/run-replay.ts';
import { findRunningSystem } from './running-system.ts';
import { operatorHeaders } from './token/access.ts';

/** Exit codes: 0 done; 1 an order refused, lost or undecided, broken books, a malformed line with --strict; 2 could not run. */
async function main(): Promise<number> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const complain = (line: string): void => void process.stderr.write(`replay: ${line}\n`);
  try {
    const options = replayOptions(process.argv.slice(2));
    const system = findRunningSystem(process.env);
    if (system === null || !(await answers(system.graphqlUrl))) {
      complain(
        `nothing runs${system === null ? '' : ` at ${system.graphqlUrl}`}: start it with npm start, or set GATEWAY_URL`,
      );
      return 2;
    }
    const currencyCode = process.env['CATALOGUE_CURRENCY'] ?? 'GBP';
    const isWhole = await runReplay(options, {
      graphqlUrl: system.graphqlUrl,
      headers: await operatorHeaders(process.env),
      processes: () => [
        ...(findRunningSystem(process.env)?.processes ?? []),
        { name: 'replay', pid: process.pid },
      ],
      currencyCode,
      progress: process.stderr,
      print,
    });
    print('');
    const isBalanced = await reconcileRunningSystem(process.env, { settleMs: 30_000, print });
    return isWhole && isBalanced ? 0 : 1;
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) complain(replayUsage);
    if (error instanceof GatewayAwayError) complain('run it again to go on: nothing is placed twice');
    return error instanceof GatewayAwayError || error instanceof ReconcileImpossibleError ? 1 : 2;
  }
}

/** Whether anything at all answers there; what answers badly is asked again later. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'POST', signal: AbortSignal.timeout(10_000) });
    return true;
  } catch {
    return false;
  }
}

process.exitCode = await main();
