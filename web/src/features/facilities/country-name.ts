const names = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code' });

/** A country in the viewer's language; the code itself when it is none. */
export function countryName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
