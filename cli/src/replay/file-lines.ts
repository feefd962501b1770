import { createReadStream } from 'node:fs';
import { isUtf8 } from 'node:buffer';

/** A line longer than this cannot be trade; what it holds is not kept. */
export const maxLineBytes = 65_536;

/** One physical line of a file, without its line end; `text` is null when the line was longer than `maxLineBytes`. */
export interface FileLine {
  readonly number: number;
  readonly text: string | null;
}

const newline = 0x0a;

/**
 * Streams the lines of a file, numbered from 1. A line that is no UTF-8 is read as Latin-1, as older exports of such
 * data are. Rejects when the file cannot be read.
 */
export async function* fileLines(path: string): AsyncGenerator<FileLine> {
  let number = 0;
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      const piece = chunk.subarray(from, end);
      number += 1;
      yield lineOf(number, carriedBytes === 0 ? piece : joined(carried, piece, carriedBytes));
      carried = [];
      carriedBytes = 0;
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    if (carriedBytes <= maxLineBytes) carried.push(rest);
    carriedBytes += rest.length;
  }
  if (carriedBytes > 0) {
    yield lineOf(number + 1, joined(carried, Buffer.alloc(0), carriedBytes));
  }
}

const joined = (carried: readonly Buffer[], last: Buffer, carriedBytes: number): Buffer | null =>
  carriedBytes > maxLineBytes ? null : Buffer.concat([...carried, last]);

function lineOf(number: number, bytes: Buffer | null): FileLine {
  if (bytes === null || bytes.length > maxLineBytes) return { number, text: null };
  const text = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
  const withoutBom = number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
  return { number, text: withoutBom.endsWith('\r') ? withoutBom.slice(0, -1) : withoutBom };
}
