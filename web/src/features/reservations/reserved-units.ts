interface AllocatedUnits {
  readonly product: { readonly sku: string };
  readonly facility: { readonly id: string };
  readonly quantity: number;
}

/** How many units are tied, and at how many facilities; of one SKU only when that is given. */
export function unitsOf(
  allocations: readonly AllocatedUnits[],
  sku: string | null,
): { readonly units: number; readonly facilities: number } {
  const wanted = sku === null ? allocations : allocations.filter(({ product }) => product.sku === sku);
  return {
    units: wanted.reduce((sum, { quantity }) => sum + quantity, 0),
    facilities: new Set(wanted.map(({ facility }) => facility.id)).size,
  };
}
