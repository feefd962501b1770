import type { Invoice } from './invoices.ts';

/** How many refusals are kept in words; all are counted. */
const keptRefusals = 10;

export interface Ledger {
  placed(invoice: Invoice, orderId: string, placedAt: Date): void;
  returned(invoice: Invoice): void;
  countryUnknown(invoice: Invoice): void;
  refused(invoice: Invoice, why: string): void;
  readonly counts: LedgerCounts;
}

/** What became of the invoices so far; about 100 bytes of memory for each order. */
export interface LedgerCounts {
  /** True for an order that this run placed, false for one that was there before; by order id. */
  readonly orders: ReadonlyMap<string, boolean>;
  readonly placed: number;
  readonly alreadyThere: number;
  readonly lines: number;
  readonly units: number;
  readonly returns: number;
  readonly returnedUnits: number;
  readonly refused: number;
  readonly refusals: readonly string[];
  /** Invoices not placed, by the country's name in the data. */
  readonly unknownCountries: ReadonlyMap<string, number>;
}

/** An order is this run's own when it was placed at `beganAt` (the system's clock) or later. */
export function createLedger(beganAt: Date): Ledger {
  const orders = new Map<string, boolean>();
  const unknownCountries = new Map<string, number>();
  const refusals: string[] = [];
  const sums = { placed: 0, alreadyThere: 0, lines: 0, units: 0, returns: 0, returnedUnits: 0, refused: 0 };
  const unitsOf = ({ lines }: Invoice): number => [...lines.values()].reduce((sum, units) => sum + units, 0);
  return {
    placed(invoice, orderId, placedAt) {
      const isNew = placedAt >= beganAt;
      orders.set(orderId, isNew);
      sums[isNew ? 'placed' : 'alreadyThere'] += 1;
      sums.lines += invoice.lines.size;
      sums.units += unitsOf(invoice);
    },
    returned(invoice) {
      sums.returns += 1;
      sums.returnedUnits += unitsOf(invoice);
    },
    countryUnknown({ countryName }) {
      unknownCountries.set(countryName, (unknownCountries.get(countryName) ?? 0) + 1);
    },
    refused({ number }, why) {
      sums.refused += 1;
      if (refusals.length < keptRefusals) refusals.push(`${number}: ${why}`);
    },
    get counts() {
      return { ...sums, orders, refusals, unknownCountries };
    },
  };
}
