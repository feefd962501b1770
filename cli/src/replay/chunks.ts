/** Cuts a list into runs of at most `maxItems` and, as JSON, `maxBytes` each; an item that is larger alone stands alone. */
export function* chunksOf<Item>(
  items: Iterable<Item>,
  maxItems: number,
  maxBytes: number,
): Generator<Item[]> {
  let chunk: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (chunk.length > 0 && (chunk.length === maxItems || bytes + size > maxBytes)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(item);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}
