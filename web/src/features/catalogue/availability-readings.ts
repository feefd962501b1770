/** Units of a product that can be promised, as read at a version. */
export interface AvailabilityReading {
  readonly sku: string;
  readonly available: number;
  readonly availableVersion: number;
}

export type AvailabilityReadings = ReadonlyMap<string, AvailabilityReading>;

/** Of two readings of a product the one of the higher version stands; the same map again when none is newer. */
export function withReadings(
  known: AvailabilityReadings,
  arrived: readonly AvailabilityReading[],
): AvailabilityReadings {
  const newer = new Map<string, AvailabilityReading>();
  for (const reading of arrived) {
    const held = newer.get(reading.sku) ?? known.get(reading.sku);
    if (held === undefined || reading.availableVersion > held.availableVersion)
      newer.set(reading.sku, reading);
  }
  return newer.size === 0 ? known : new Map([...known, ...newer]);
}

/** What is available of a product after the newest reading of it. */
export function availableNow(known: AvailabilityReadings, product: AvailabilityReading): number {
  const live = known.get(product.sku);
  return live !== undefined && live.availableVersion > product.availableVersion
    ? live.available
    : product.available;
}
