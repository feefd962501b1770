import { GraphQLError } from 'graphql';

const LARGEST_PAGE = 200;

/** @throws GraphQLError BAD_USER_INPUT unless `first` is 1 to 200. */
export function pageSize(first: number): number {
  if (first >= 1 && first <= LARGEST_PAGE) return first;
  throw new GraphQLError(`first is ${first}; allowed: 1 to ${LARGEST_PAGE}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** An opaque cursor that holds the sort key of a row. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * The sort key in a cursor, whose parts have the kinds of `shape`, such as `['string', 'number']`; null for no cursor.
 * @throws GraphQLError BAD_USER_INPUT for a text that is no such cursor.
 */
export function decodeCursor<const Shape extends readonly ('string' | 'number')[]>(
  cursor: string | null | undefined,
  shape: Shape,
): { [Index in keyof Shape]: Shape[Index] extends 'string' ? string : number } | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(key) &&
      key.length === shape.length &&
      key.every((part, index) => typeof part === shape[index]) &&
      // PostgreSQL's text cannot hold it, so it is in no row's sort key.
      !key.join().includes('\0')
    ) {
      return key as unknown as { [Index in keyof Shape]: Shape[Index] extends 'string' ? string : number };
    }
  } catch {
    // Answered below, as for any other text that is no cursor.
  }
  throw new GraphQLError(`after is no cursor of this list: "${cursor.slice(0, 100)}"`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: false;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** One page of `first` nodes, made from up to `first + 1` rows: the one too many says that there is a next page. */
export function connectionOf<Node>(
  rows: readonly Node[],
  first: number,
  cursorOf: (node: Node) => string,
): Connection<Node> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
