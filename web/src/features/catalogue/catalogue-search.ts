export interface CatalogueSearch {
  readonly q?: string;
}

/** The longest search that the API takes. */
export const longestSearch = 200;

/** A search for 123 comes as a number. */
export function parseCatalogueSearch({ q }: Readonly<Record<string, unknown>>): CatalogueSearch {
  const text = typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, longestSearch) : '';
  return text === '' ? {} : { q: text };
}
