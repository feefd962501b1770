const digitsByCurrency = new Map<string, number>();

/** How many digits after the point a currency has: 2 for GBP, 0 for JPY. Source: the runtime's CLDR data (ISO 4217). */
export function minorDigits(currencyCode: string): number {
  let digits = digitsByCurrency.get(currencyCode);
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currencyCode, digits);
  }
  return digits;
}

/** Minor units of a decimal text, such as 1250n for "12.5" in GBP; null when it has more digits than the currency or is no number. */
export function toMinorUnits(amount: string, currencyCode: string): bigint | null {
  const digits = minorDigits(currencyCode);
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(amount);
  if (!match) return null;
  const [, sign, whole, fraction = ''] = match;
  if (fraction.length > digits) return null;
  const units = BigInt(whole! + fraction.padEnd(digits, '0'));
  return sign ? -units : units;
}

/** The decimal text of minor units, with all of the currency's digits: "12.50". */
export function fromMinorUnits(units: bigint, currencyCode: string): string {
  const digits = minorDigits(currencyCode);
  const sign = units < 0n ? '-' : '';
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
