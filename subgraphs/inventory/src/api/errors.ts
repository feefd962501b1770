import { GraphQLError } from 'graphql';

/** What a client may do about it is to ask otherwise. */
export const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** A row that another row names is there for good; that it is not is no client's fault. */
export function present<Row>(row: Row | null, what: string): Row {
  if (row === null) throw new Error(`${what} is named by a row but not stored`);
  return row;
}
