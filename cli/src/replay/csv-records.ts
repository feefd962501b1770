import { parse } from 'csv-parse/sync';
import { fileLines, type FileLine } from './file-lines.ts';

/** One record of a CSV file and the line it starts on; or why that line is none. */
export type CsvRecord =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly malformed: string };

/** A record may go over at most this many lines, so that a forgotten quote takes no more of the file with it. */
const maxLinesOfRecord = 8;

/**
 * Streams the records of a CSV file, its header first. A quoted field may hold line ends, when the whole record then
 * has as many fields as the header; otherwise the line with the open quote is malformed alone, and reading goes on
 * with the line after it. Empty lines are skipped.
 */
export async function* csvRecords(path: string): AsyncGenerator<CsvRecord> {
  let held: FileLine[] = [];
  let width: number | null = null;
  const taken = (isEnd: boolean): CsvRecord[] => {
    const records: CsvRecord[] = [];
    for (let take = takeRecord(held, width, isEnd); take !== null; take = takeRecord(held, width, isEnd)) {
      held = held.slice(take.lines);
      if (take.record === null) continue;
      if ('fields' in take.record) width ??= take.record.fields.length;
      records.push(take.record);
    }
    return records;
  };
  for await (const line of fileLines(path)) {
    held.push(line);
    yield* taken(false);
  }
  yield* taken(true);
}

/** The next record of the held lines, or null when there is none or more lines are needed to tell. */
function takeRecord(
  held: readonly FileLine[],
  width: number | null,
  isEnd: boolean,
): { record: CsvRecord | null; lines: number } | null {
  const [first] = held;
  if (first === undefined) return null;
  const line = first.number;
  if (first.text === null) return { record: { line, malformed: 'it is longer than 64 KiB' }, lines: 1 };
  if (first.text === '') return { record: null, lines: 1 };
  if (!first.text.includes('"')) return { record: { line, fields: first.text.split(',') }, lines: 1 };
  const alone = fieldsOf(first.text);
  if (alone !== null) return { record: { line, fields: alone }, lines: 1 };
  for (let lines = 2; lines <= held.length; lines += 1) {
    const fields = fieldsOf(
      held
        .slice(0, lines)
        .map(({ text }) => text ?? '"')
        .join('\n'),
    );
    if (fields !== null && fields.length === width) return { record: { line, fields }, lines };
  }
  if (held.length < maxLinesOfRecord && !isEnd) return null;
  return { record: { line, malformed: 'a quote is never closed' }, lines: 1 };
}

/** Null when a quote stays open. A quote inside a field that does not begin with one is part of its text. */
function fieldsOf(text: string): readonly string[] | null {
  try {
    const records: string[][] = parse(text, { relaxQuotes: true, relaxColumnCount: true });
    return records.length === 1 ? records[0]! : null;
  } catch {
    return null;
  }
}
