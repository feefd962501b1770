import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { findChromium } from '@holdfast/servers';
import { openBrowser } from './browser/browser.ts';
import { heapAfterCollection } from './browser/heap.ts';
import { steadyLoad } from './browser/steady-load.ts';
import { aSku, anOrder, placeOrder } from './orders.ts';
import { System } from './system.ts';

/**
 * `npm run soak:web -- --minutes 10`: a whole system of its own, 200 changes of orders a second, and the console's live
 * orders open in a browser all the while. Exits with 1 when the page holds over 10 % more at the end than after two minutes.
 */
const MOST_GROWTH = 0.1;
const FIRST_MINUTE = 2;
/** Each order changes twice: it is placed, and it is decided. */
const CHANGES_AN_ORDER = 2;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, changes: { type: 'string', default: '200' } },
});
const minutes = Number(values.minutes);
const changes = Number(values.changes);
if (!(minutes > FIRST_MINUTE) || !(changes > 0)) {
  console.error(`--minutes has to be over ${FIRST_MINUTE} and --changes over 0`);
  process.exit(1);
}

const chromium = await findChromium();
const system = await System.start();
const browser = await openBrowser(chromium);
try {
  const sku = await aSku(system);
  await stockUp(sku);
  const { page, errors } = await browser.visit();
  await page.goto(new URL('/console/orders', system.url).href);
  const ending = new AbortController();
  const load = steadyLoad(changes / CHANGES_AN_ORDER, () => placeOrder(system, anOrder(sku)), ending.signal);
  console.log(`Soaking for ${minutes} minutes with ${changes} changes a second …`);

  const startedAt = Date.now();
  let first = 0;
  let last = 0;
  for (let minute = 1; minute <= minutes; minute += 1) {
    await delay(startedAt + minute * 60_000 - Date.now());
    last = await heapAfterCollection(page);
    if (minute === FIRST_MINUTE) first = last;
    console.log(`minute ${minute}: ${(last / 2 ** 20).toFixed(2)} MiB after a collection`);
  }
  ending.abort();
  const { started, failed, leftOut } = await load;
  const growth = last / first - 1;
  const perSecond = (started * CHANGES_AN_ORDER * 1_000) / (Date.now() - startedAt);
  console.log(
    `${started} orders placed, ${failed} failed, ${leftOut} left out: ${perSecond.toFixed(0)} changes a second`,
  );
  console.log(
    `heap from minute ${FIRST_MINUTE} to ${minutes}: ${(growth * 100).toFixed(1)} % (allowed: ${MOST_GROWTH * 100} %)`,
  );
  if (errors.length > 0) console.error(`The page had errors:\n${errors.join('\n')}`);
  process.exitCode = growth <= MOST_GROWTH && failed === 0 && errors.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await system.remove();
}

/** As many units as the whole run can want. */
async function stockUp(sku: string): Promise<void> {
  const { data } = await system.ask<{ facilities: readonly { id: string }[] }>('{ facilities { id } }');
  await system.ask(
    'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { problems { code message } } }',
    {
      input: {
        idempotencyKey: randomUUID(),
        lines: [{ facilityId: data.facilities[0]!.id, sku, quantity: 10_000_000 }],
      },
    },
  );
}
