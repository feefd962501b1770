import { createRandom, type Random } from './random.ts';

export interface TradeShape {
  readonly seed: number;
  readonly invoices: number;
  readonly skus: number;
  /** The number of the first invoice; another one makes other orders. */
  readonly firstInvoice: number;
}

export const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

interface Article {
  readonly sku: string;
  readonly name: string;
  readonly pence: number;
}

const colours = ['RED', 'WHITE', 'PINK', 'BLUE', 'IVORY', 'GREEN', 'BLACK'] as const;
const styles = ['RETROSPOT', 'HANGING', 'VINTAGE', '"HOME"', 'WOODEN, PAINTED', 'KNITTED', 'ENAMEL'] as const;
const things = [
  'LANTERN',
  'T-LIGHT HOLDER',
  'LUNCH BAG',
  'MUG COSY',
  'CAKE STAND',
  'JAM JAR',
  'DOORMAT',
  'BUNTING',
] as const;
const prices = [42, 65, 85, 125, 165, 195, 255, 295, 375, 495, 850, 1275] as const;
const countries = [
  'Germany',
  'France',
  'EIRE',
  'Norway',
  'Portugal',
  'Netherlands',
  'Channel Islands',
  'RSA',
  'USA',
  'Unspecified',
] as const;
const quantities = [1, 1, 2, 3, 4, 6, 6, 12, 12, 24, 48] as const;
const minutesBetweenInvoices = 4;
const firstMinuteMs = Date.UTC(2010, 11, 1, 8, 26);

/**
 * The lines of a made-up retailer's trade in the columns of UCI Online Retail, the header first: orders of one to some
 * hundred lines, mostly British, with repeated SKUs, credit notes, postage, manual entries, write-offs at price 0,
 * missing customers, and names with quotes and commas. The same shape gives the same lines.
 */
export function* tradeLines({ seed, invoices, skus, firstInvoice }: TradeShape): Generator<string> {
  const random = createRandom(seed);
  const articles = Array.from({ length: skus }, (_, index) => anArticle(random, index));
  yield header;
  for (let index = 0; index < invoices; index += 1) {
    const number = String(firstInvoice + index);
    const date = new Date(firstMinuteMs + index * minutesBetweenInvoices * 60_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    const customer = random.chance(0.25) ? '' : `${random.between(12_346, 18_287)}.0`;
    const country = random.chance(0.9) ? 'United Kingdom' : random.pick(countries);
    const line = (invoice: string, sku: string, name: string, quantity: number, pence: number): string =>
      [invoice, sku, quoted(name), quantity, date, (pence / 100).toFixed(2), customer, country].join(',');
    const kind = random.next();
    if (kind < 0.12) {
      const { sku, name, pence } = popular(random, articles);
      yield line(`C${number}`, sku, name, -random.between(1, 12), pence);
      if (random.chance(0.1)) yield line(`C${number}`, 'M', 'Manual', -1, random.between(100, 5_000));
    } else if (kind < 0.15) {
      yield line(
        number,
        popular(random, articles).sku,
        random.pick(['', '?', 'damages', 'check']),
        -random.between(1, 40),
        0,
      );
    } else {
      for (let count = linesOf(random); count > 0; count -= 1) {
        const { sku, name, pence } = popular(random, articles);
        const asked = random.chance(0.2) ? Math.ceil(pence * 1.7) : pence;
        yield line(number, sku, name, random.pick(quantities), asked);
      }
      if (country !== 'United Kingdom' || random.chance(0.02))
        yield line(number, 'POST', 'POSTAGE', 1, 1_800);
    }
  }
}

function anArticle(random: Random, index: number): Article {
  const suffix = random.chance(0.15) ? random.pick(['A', 'B', 'L', 'S']) : '';
  return {
    sku: `${20_000 + index * 7}${suffix}`,
    name: `${random.pick(colours)} ${random.pick(styles)} ${random.pick(things)}${random.chance(0.1) ? ' ' : ''}`,
    pence: random.pick(prices),
  };
}

/** Some goods sell far more often than others. */
const popular = (random: Random, articles: readonly Article[]): Article =>
  articles[Math.floor(random.next() ** 2 * articles.length)]!;

/** Half of the orders have up to 13 lines, few have hundreds. */
const linesOf = (random: Random): number =>
  Math.max(1, Math.min(600, Math.round(13 * Math.exp(1.1 * normal(random)))));

/** Box–Muller. */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
