/** A table with a line under its head; columns as wide as they must be, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const texts = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...texts.map((row) => (row[column] ?? '').length)));
  const isNumeric = head.map((_, column) =>
    rows.every((row) => typeof row[column] === 'number' || /^[\d.]+$/.test(String(row[column]))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) =>
        isNumeric[column] ? text.padStart(widths[column]!) : text.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  const [first, ...others] = texts;
  return [line(first!), widths.map((width) => '-'.repeat(width)).join('  '), ...others.map(line)].join('\n');
}

/** Seconds since `performance.now()` was `startedAt`, with one digit after the point. */
export const secondsSince = (startedAt: number): string =>
  ((performance.now() - startedAt) / 1_000).toFixed(1);
