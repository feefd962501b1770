import { setTimeout as delay } from 'node:timers/promises';

/** Asks every `everyMs` until the answer is truthy, and gives it back; after `withinMs` it gives back `null`. */
export async function waitUntil<T>(
  condition: () => T | Promise<T>,
  { withinMs, everyMs = 50 }: { readonly withinMs: number; readonly everyMs?: number },
): Promise<NonNullable<T> | null> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() >= deadline) return null;
    await delay(everyMs);
  }
}
