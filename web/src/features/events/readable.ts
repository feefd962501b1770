/** A payload for a person: JSON is set out over lines, everything else stands as it is. */
export function readable(text: string): { readonly text: string; readonly isJson: boolean } {
  try {
    return { text: JSON.stringify(JSON.parse(text), null, 2), isJson: true };
  } catch {
    return { text, isJson: false };
  }
}

/** Headers as pairs of name and value, by name; null when they are not an object of lists of texts. */
export function headerPairs(headers: string): readonly (readonly [string, string])[] | null {
  try {
    const parsed: unknown = JSON.parse(headers);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
    return Object.entries(parsed)
      .flatMap(([name, values]) =>
        (Array.isArray(values) ? values : [values]).map((value) => [name, String(value)] as const),
      )
      .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  } catch {
    return null;
  }
}
