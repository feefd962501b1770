/** An instant as an `<input type="datetime-local">` writes it, in the viewer's zone; empty for none. */
export function toLocalText(instant: string | undefined): string {
  if (instant === undefined) return '';
  const at = new Date(instant);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, at.getTime() % 60_000 === 0 ? 16 : 19);
}

/** The instant, in UTC, that such an input names in the viewer's zone; undefined while it names none. */
export function fromLocalText(text: string): string | undefined {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
