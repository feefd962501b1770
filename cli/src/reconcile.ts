import { parseArgs } from 'node:util';
import { reconcileRunningSystem } from './reconcile/run-reconcile.ts';

/** Exit codes: 0 the books balance; 1 a violation; 2 could not run. */
async function main(): Promise<number> {
  try {
    const { values } = parseArgs({
      options: {
        settle: { type: 'string', default: '30' },
        explain: { type: 'boolean', default: false },
        repair: { type: 'boolean', default: false },
        apply: { type: 'boolean', default: false },
      },
    });
    const settleSeconds = Number(values.settle);
    if (values.settle.trim() === '' || !(settleSeconds >= 0 && settleSeconds <= 86_400)) {
      throw new RangeError(`--settle is ${JSON.stringify(values.settle)}; allowed: seconds from 0 to 86400`);
    }
    if (values.apply && !values.repair) throw new RangeError('--apply goes with --repair');
    const print = (line: string): void => void process.stdout.write(`${line}\n`);
    return (await reconcileRunningSystem(process.env, {
      settleMs: settleSeconds * 1_000,
      isExplaining: values.explain,
      ...(values.repair ? { repair: values.apply ? ('APPLY' as const) : ('PROPOSE' as const) } : {}),
      print,
    }))
      ? 0
      : 1;
  } catch (error) {
    process.stderr.write(`reconcile: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

process.exitCode = await main();
