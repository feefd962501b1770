import type { ParkedMessage } from './parked-api.ts';

/** Rows in columns as wide as their widest cell; the last column is cut to what a line of `width` characters leaves. */
export function tableLines(rows: readonly (readonly string[])[], width: number): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((row) => row[index]!.length)),
  );
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + 2, 0);
  const lastWidth = Math.max(20, width - before);
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index === columns - 1 ? shortened(cell, lastWidth) : cell.padEnd(widths[index]!),
      )
      .join('  '),
  );
}

/** Messages as a table, one a line. */
export function messageLines(messages: readonly ParkedMessage[], width: number): string[] {
  const isClosed = messages.some(({ closedAt }) => closedAt !== null);
  const head = ['ID', 'CONSUMER', 'EVENT', 'PARKED AT', 'TRIES', ...(isClosed ? ['CLOSED'] : []), 'REASON'];
  const rows = messages.map((message) => [
    message.id,
    message.consumer,
    message.eventType,
    message.parkedAt,
    String(message.attempts),
    ...(isClosed ? [message.closedAs ?? ''] : []),
    message.reason,
  ]);
  return tableLines([head, ...rows.map((row) => row.map(printable))], width);
}

/** All that is known of one message, with its payload as it came. */
export function detailLines(message: ParkedMessage): string[] {
  const closed =
    message.closedAt === null
      ? 'no'
      : `${message.closedAs} at ${message.closedAt} by ${message.closedBy}${message.closedReason === null ? '' : `: ${message.closedReason}`}`;
  const headers = Object.entries(JSON.parse(message.headers) as Record<string, string[]>);
  return [
    ...tableLines(
      [
        ['id', message.id],
        ['service', message.service],
        ['consumer', message.consumer],
        ['event', `${message.eventType} ${message.eventId ?? 'without an id'}`],
        ['message', `${message.streamSequence} of ${message.stream}, ${message.subject}`],
        ['parked at', message.parkedAt],
        ['tries', String(message.attempts)],
        ['reason', message.reason],
        ['closed', closed],
        ...headers.map(([name, values]) => [`  ${name}`, values.join(', ')]),
      ].map((row) => row.map(printable)),
      Infinity,
    ),
    readable(message.payload),
  ];
}

function readable(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return printable(payload);
  }
}

/** A message can hold anything: nothing of it reaches the terminal as a control character, nor as a second line. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');

const shortened = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}…`;
