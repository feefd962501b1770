import { types } from 'node:util';

/** What pg says without a code when a connection breaks or none is to be had. */
const messages =
  /Connection terminated|Connection ended|timeout exceeded when trying to connect|not queryable/;

/** PostgreSQL's codes for a broken connection (08), a lack of resources (53), a shutdown, a crash and a start (57P). */
const codes = /^(08...|53...|57P0\d|E[A-Z]+)$/;

/**
 * Whether an error says that the database went away. A transaction that ends so may have been committed all the same, if
 * it was the answer to its commit that got lost.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  if ('code' in error && typeof error.code === 'string' && codes.test(error.code)) return true;
  return messages.test(error.message) || isDatabaseAway(error.cause);
}
