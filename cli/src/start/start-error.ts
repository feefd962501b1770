/** Holdfast cannot be started or go on, for a reason that a person can do something about; the message says all of it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
