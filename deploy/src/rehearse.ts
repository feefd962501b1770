import { parseArgs } from 'node:util';
import { overlays, type Overlay } from './manifests/render.ts';
import { rehearse } from './rehearsal/rehearse.ts';

/** `npm run k8s:rehearse -- local|staging|production`: carries out the rendered manifests on this machine. */
const usage = `npm run k8s:rehearse -- ${overlays.join('|')} [--pace N] [--rate N] [--keep]
  --pace N  divides the manifests' waiting times by N (default 1)
  --rate N  orders a second (default 10)
  --keep    leaves files and logs where they are, and says where`;

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => ending.abort());
}
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      pace: { type: 'string', default: '1' },
      rate: { type: 'string', default: '10' },
      keep: { type: 'boolean', default: false },
    },
  });
  const overlay = overlays.find((one) => one === positionals[0]);
  const [pace, ordersPerSecond] = [Number(values.pace), Number(values.rate)];
  if (overlay === undefined || positionals.length !== 1 || !(pace >= 1) || !(ordersPerSecond > 0)) {
    console.error(usage);
    process.exitCode = 2;
  } else await run(overlay, pace, ordersPerSecond, values.keep);
} catch (error) {
  console.error(error instanceof Error && error.name === 'RehearsalError' ? error.message : error);
  process.exitCode = 1;
}

async function run(
  overlay: Overlay,
  pace: number,
  ordersPerSecond: number,
  keepsFolder: boolean,
): Promise<void> {
  const say = (line: string): void => console.log(line);
  const { flaws } = await rehearse({
    overlay,
    pace,
    ordersPerSecond,
    keepsFolder,
    say,
    signal: ending.signal,
  });
  if (flaws.length > 0) process.exitCode = 1;
}
