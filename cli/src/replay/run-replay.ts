import { setTimeout as sleep } from 'node:timers/promises';
import { createGatewayClient, type GatewayClient } from './gateway-client.ts';
import { awaitOrderPrices, upsertCatalogue } from './catalogue.ts';
import { cpuSpent, cpuTimes, type NamedProcess } from './cpu-time.ts';
import { awaitDecisions, readDecisions } from './decisions.ts';
import { invoicesOf } from './invoices.ts';
import { createLedger } from './ledger.ts';
import type { ReplayOptions } from './options.ts';
import { placeInvoices } from './place-orders.ts';
import { createProgress, say, type ProgressTarget } from './progress.ts';
import { receiveDemandShare } from './receive-stock.ts';
import { summaryLines } from './summary.ts';
import { surveyFiles, type Survey } from './survey.ts';

export interface ReplayTargets {
  readonly graphqlUrl: string;
  /** What makes a request the operator's. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whose CPU time is shown; asked before the first order and after the last. */
  readonly processes: () => readonly NamedProcess[];
  readonly currencyCode: string;
  readonly progress: ProgressTarget;
  readonly print: (line: string) => void;
}

/** Malformed lines shown one by one; all are counted. */
const shownMalformed = 50;

/**
 * Replays the files and prints the summary. Resolves with false when an order was refused, lost or left undecided, or a
 * line was malformed with `isStrict`. Rejects when a file cannot be read, the catalogue or stock is refused, or the
 * gateway stays away. Running it again places nothing twice.
 */
export async function runReplay(options: ReplayOptions, targets: ReplayTargets): Promise<boolean> {
  const survey = await readFiles(options, targets);
  const gateway = createGatewayClient({
    url: targets.graphqlUrl,
    headers: targets.headers,
    connections: options.concurrency,
    waitMs: options.waitMs,
    onAway: (reason) =>
      say(
        targets.progress,
        reason === null ? 'the system answers again' : `no answer, trying again: ${reason}`,
      ),
  });
  try {
    return await replaySurvey(survey, gateway, options, targets);
  } finally {
    await gateway.close();
  }
}

async function readFiles({ files }: ReplayOptions, { print }: ReplayTargets): Promise<Survey> {
  let shown = 0;
  const survey = await surveyFiles(files, ({ path, line, reason }) => {
    shown += 1;
    if (shown <= shownMalformed) print(`${path}:${line}: malformed line: ${reason}`);
    if (shown === shownMalformed + 1) print('… more malformed lines are counted only');
  });
  for (const path of survey.repeatedFiles) print(`${path}: the same bytes as a file before it; read once`);
  print(
    `read ${survey.files.length} files: ${survey.rows} rows, ${survey.invoices} invoices, ${survey.products.length} products`,
  );
  return survey;
}

async function replaySurvey(
  survey: Survey,
  gateway: GatewayClient,
  options: ReplayOptions,
  { processes, currencyCode, progress: target, print }: ReplayTargets,
): Promise<boolean> {
  print('upserting products and facilities');
  await upsertCatalogue(gateway, survey.products, currencyCode);
  print('waiting until orders knows every price');
  await awaitOrderPrices(gateway, survey.products, currencyCode);
  print('receiving stock');
  const stock = await receiveDemandShare(gateway, survey.files, options.stockShare);

  const cpuBefore = cpuTimes(processes());
  const ledger = createLedger(await nextSecondOf(gateway));
  const progress = createProgress(target, survey.invoicesOfGoods, 'invoices');
  const beganAtMs = performance.now();
  await placeInvoices(
    gateway,
    watched(
      invoicesOf(survey),
      () => {
        const { placed, alreadyThere, refused } = ledger.counts;
        return `${placed} placed, ${alreadyThere} there before, ${refused} refused`;
      },
      (taken, note) => progress.show(taken, note),
    ),
    options,
    ledger,
  );
  const placingMs = performance.now() - beganAtMs;
  progress.end();

  const { counts } = ledger;
  print('waiting until no order is PENDING');
  const stillPending = await awaitDecisions(gateway, (id) => counts.orders.has(id), options.waitMs);
  const totalMs = performance.now() - beganAtMs;
  const cpuAfter = cpuTimes(processes());
  const cpuMs = cpuBefore === null || cpuAfter === null ? null : cpuSpent(cpuBefore, cpuAfter);
  const decisions = await readDecisions(gateway, counts.orders);
  const { stockShare } = options;
  const { retries } = gateway;
  const figures = {
    survey,
    stock,
    stockShare,
    counts,
    decisions,
    stillPending,
    placingMs,
    totalMs,
    retries,
    cpuMs,
  };
  for (const line of summaryLines(figures)) print(line);
  const isWhole = counts.refused === 0 && stillPending === 0 && decisions.missing === 0;
  return isWhole && !(options.isStrict && survey.malformed > 0);
}

/** The gateway's clock shows whole seconds: what was placed before the next one begins was there before this run. */
async function nextSecondOf(gateway: GatewayClient): Promise<Date> {
  const shownMs = gateway.serverTimeMs;
  for (let asked = 0; asked < 60 && gateway.serverTimeMs <= shownMs; asked += 1) {
    await sleep(25);
    await gateway.request('{ __typename }', {});
  }
  return new Date(gateway.serverTimeMs);
}

async function* watched<Item>(
  items: AsyncGenerator<Item>,
  note: () => string,
  show: (done: number, note: string) => void,
): AsyncGenerator<Item> {
  let taken = 0;
  for await (const item of items) {
    yield item;
    taken += 1;
    show(taken, note());
  }
}
