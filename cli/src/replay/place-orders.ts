import { setTimeout as sleep } from 'node:timers/promises';
import { problemText, type Problem } from './catalogue.ts';
import { RequestRefusedError, type GatewayClient } from './gateway-client.ts';
import type { Invoice } from './invoices.ts';
import type { Ledger } from './ledger.ts';
import { receiveReturn } from './receive-stock.ts';

const placeOrder = `mutation PlaceOrder($input: PlaceOrderInput!) {
  payload: placeOrder(input: $input) { order { id placedAt } problems { code message path } }
}`;

interface PlaceOrderAnswer {
  readonly payload: {
    readonly order: { readonly id: string; readonly placedAt: string } | null;
    readonly problems: readonly Problem[];
  };
}

export interface Pace {
  readonly concurrency: number;
  readonly ratePerSecond: number | null;
}

/**
 * Sends each invoice through the gateway and writes into the ledger what became of it. At most `concurrency` are under
 * way; invoices are read only as fast as they are sent. Rejects when the gateway stays away or a file cannot be read;
 * then no more are sent, and those under way have ended.
 */
export async function placeInvoices(
  gateway: GatewayClient,
  invoices: AsyncGenerator<Invoice>,
  { concurrency, ratePerSecond }: Pace,
  ledger: Ledger,
): Promise<void> {
  const beganAtMs = performance.now();
  let started = 0;
  let isStopped = false;

  async function work(): Promise<void> {
    while (!isStopped) {
      const { value: invoice, done } = await invoices.next();
      if (done === true || isStopped) return;
      if (ratePerSecond !== null) {
        const dueInMs = beganAtMs + (started * 1_000) / ratePerSecond - performance.now();
        started += 1;
        if (dueInMs > 0) await sleep(dueInMs);
      }
      try {
        await send(gateway, invoice, ledger);
      } catch (error) {
        isStopped = true;
        throw error;
      }
    }
  }

  const ends = await Promise.allSettled(Array.from({ length: concurrency }, work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function send(gateway: GatewayClient, invoice: Invoice, ledger: Ledger): Promise<void> {
  try {
    if (invoice.as === 'return') {
      const problems = await receiveReturn(gateway, invoice);
      if (problems.length > 0) ledger.refused(invoice, problemText(problems));
      else ledger.returned(invoice);
    } else if (invoice.country === null) {
      ledger.countryUnknown(invoice);
    } else {
      await place(gateway, invoice, invoice.country, ledger);
    }
  } catch (error) {
    if (!(error instanceof RequestRefusedError)) throw error;
    ledger.refused(invoice, error.message);
  }
}

async function place(
  gateway: GatewayClient,
  invoice: Invoice,
  country: string,
  ledger: Ledger,
): Promise<void> {
  const input = {
    idempotencyKey: invoice.number,
    reference: invoice.number,
    ...(invoice.customerId === null ? {} : { customerId: invoice.customerId }),
    destination: { country },
    lines: [...invoice.lines].map(([sku, quantity]) => ({ sku, quantity })),
  };
  const { payload } = await gateway.request<PlaceOrderAnswer>(placeOrder, { input });
  if (payload.order === null) ledger.refused(invoice, problemText(payload.problems));
  else ledger.placed(invoice, payload.order.id, new Date(payload.order.placedAt));
}
