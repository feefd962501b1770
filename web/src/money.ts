/** Money as the API writes it: a decimal text, so that no float ever holds it. */
export interface MoneyAmount {
  readonly amount: string;
  readonly currencyCode: string;
}

/** `quantity` × `price`, exactly. */
export const timesMoney = (price: MoneyAmount, quantity: number): MoneyAmount => {
  const { units, scale } = parse(price.amount);
  return { ...price, amount: write(units * BigInt(quantity), scale) };
};

/** The sum of amounts of one currency, exactly; null of none. Throws when there is more than one currency. */
export function sumMoney(amounts: readonly MoneyAmount[]): MoneyAmount | null {
  const [first] = amounts;
  if (first === undefined) return null;
  if (amounts.some(({ currencyCode }) => currencyCode !== first.currencyCode))
    throw new Error('Amounts of several currencies have no sum');
  const parsed = amounts.map(({ amount }) => parse(amount));
  const scale = Math.max(...parsed.map((each) => each.scale));
  const units = parsed.reduce((sum, each) => sum + each.units * 10n ** BigInt(scale - each.scale), 0n);
  return { amount: write(units, scale), currencyCode: first.currencyCode };
}

function parse(amount: string): { units: bigint; scale: number } {
  const [whole = '0', fraction = ''] = amount.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function write(units: bigint, scale: number): string {
  const digits = units.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
