/** The rows of two ascending streams that share a key; a key that only one of them has comes with the other's null. */
export type Pair<Left, Right> = readonly [Left, Right | null] | readonly [null, Right];

/**
 * Merges two streams in which each key stands once, ascending by code units. Holds one row of each. Throws RangeError
 * when a stream's keys do not ascend: then the comparison would be meaningless.
 */
export async function* merged<Left, Right>(
  left: AsyncIterable<Left>,
  right: AsyncIterable<Right>,
  keyOfLeft: (row: Left) => string,
  keyOfRight: (row: Right) => string,
): AsyncGenerator<Pair<Left, Right>> {
  const lefts = ascending(left, keyOfLeft);
  const rights = ascending(right, keyOfRight);
  let one = await lefts.next();
  let other = await rights.next();
  while (one.done !== true || other.done !== true) {
    if (other.done === true) {
      if (one.done !== true) yield [one.value, null];
      one = await lefts.next();
    } else if (one.done === true || keyOfRight(other.value) < keyOfLeft(one.value)) {
      yield [null, other.value];
      other = await rights.next();
    } else if (keyOfLeft(one.value) < keyOfRight(other.value)) {
      yield [one.value, null];
      one = await lefts.next();
    } else {
      yield [one.value, other.value];
      one = await lefts.next();
      other = await rights.next();
    }
  }
}

async function* ascending<Row>(rows: AsyncIterable<Row>, keyOf: (row: Row) => string): AsyncGenerator<Row> {
  let last: string | null = null;
  for await (const row of rows) {
    const key = keyOf(row);
    if (last !== null && key <= last) throw new RangeError(`the keys ${last} and ${key} do not ascend`);
    last = key;
    yield row;
  }
}

/** Groups consecutive rows with the same key. */
export async function* grouped<Row>(
  rows: AsyncIterable<Row>,
  keyOf: (row: Row) => string,
): AsyncGenerator<[Row, ...Row[]]> {
  let group: [Row, ...Row[]] | null = null;
  for await (const row of rows) {
    if (group !== null && keyOf(group[0]) === keyOf(row)) {
      group.push(row);
      continue;
    }
    if (group !== null) yield group;
    group = [row];
  }
  if (group !== null) yield group;
}
