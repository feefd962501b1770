/** The smallest of ascending values that a share of them (0.5, 0.99) does not exceed: nearest rank; null of none. */
export function percentile(ascending: ArrayLike<number>, share: number): number | null {
  if (ascending.length === 0) return null;
  const rank = Math.ceil(share * ascending.length);
  return ascending[Math.max(0, Math.min(ascending.length, rank) - 1)]!;
}
