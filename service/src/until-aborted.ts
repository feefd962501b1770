/** What `waited` gives; rejects with the signal's reason as soon as it is aborted, and then leaves `waited` to itself. */
export function untilAborted<Value>(signal: AbortSignal | undefined, waited: Promise<Value>): Promise<Value> {
  if (signal === undefined) return waited;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  waited.catch(() => {}); // It may reject when nobody waits for it any more.
  return Promise.race([waited, aborted]).finally(() => signal.removeEventListener('abort', abort));
}
