import { types } from 'node:util';

/** PostgreSQL and Node error codes that say a server cannot be worked with now, whatever the statement was. */
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  // Administrator's shutdown, crash of another backend, starting up, dropped, idle session ended.
  '57P01',
  '57P02',
  '57P03',
  '57P04',
  '57P05',
  // A write on a standby: the service still talks to the server that was the primary.
  '25006',
]);

/** Connection exceptions (08), insufficient resources (53: disk full, too many connections), system errors (58). */
const awayClasses = new Set(['08', '53', '58']);

/** Lock timeout, statement timeout, deadlock, serialization failure, and the two timeouts of a transaction. */
const contentionCodes = new Set(['55P03', '57014', '40P01', '40001', '25P03', '25P04']);

const noRoomCodes = new Set(['53100', '53300']);

/** What pg says without a code when a connection breaks or none is to be had. */
const awayMessages = [
  'Connection terminated',
  'Connection ended unexpectedly',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
];

/**
 * Whether an error says that a server is away and not that the work was wrong; causes and joined errors are looked at
 * too. Lock and statement timeouts, deadlocks and serialization failures are no absence: they can be one message's fault.
 */
export function saysServerAway(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.some(saysServerAway)) return true;
  return isAwayCode(codeOf(error)) || isAwayMessage(error.message) || saysServerAway(error.cause);
}

/**
 * Whether a server had no room left: no space on its disk, no free connection. However often that happens, no message is
 * to blame for it.
 */
export function saysNoRoom(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  return noRoomCodes.has(codeOf(error)) || saysNoRoom(error.cause);
}

/** Whether PostgreSQL gave a transaction up because others were in its way or all took too long: it did nothing, and may be tried again. */
export function saysContention(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  return contentionCodes.has(codeOf(error)) || saysContention(error.cause);
}

const isAwayCode = (code: string): boolean =>
  awayCodes.has(code) || (/^[0-9A-Z]{5}$/.test(code) && awayClasses.has(code.slice(0, 2)));

const isAwayMessage = (message: string): boolean => awayMessages.some((text) => message.includes(text));

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

/** An error in one line for a log, a parked row's reason or an attempt's `last_error`: its name, code and message, at most 1,000 characters. */
export function describeError(error: unknown): string {
  if (!types.isNativeError(error)) return String(error).slice(0, 1_000);
  const code = codeOf(error);
  return `${error.name}${code === '' ? '' : ` ${code}`}: ${error.message}`.slice(0, 1_000);
}
