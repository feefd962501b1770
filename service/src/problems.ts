/** An expected "no": a code for a program, words for a person, and where in the input it lies. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly path: string[] | null;
}

export const invalidInput = (message: string, path: readonly (string | number)[]): Problem => ({
  code: 'INVALID_INPUT',
  message,
  path: path.map(String),
});

const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * The problem of a text that is too short, too long, holds control characters or half of a surrogate pair (which no
 * database would give back as it came); null when it has none. Lengths in characters as JavaScript counts them.
 */
export function textProblem(
  value: string,
  path: readonly (string | number)[],
  { min = 0, max = 200 }: { min?: number; max?: number } = {},
): Problem | null {
  const name = path.at(-1) ?? 'value';
  if (value.length < min || value.length > max) {
    return invalidInput(`${name} has ${value.length} characters; allowed: ${min} to ${max}`, path);
  }
  if (!value.isWellFormed()) return invalidInput(`${name} is no valid Unicode text`, path);
  return CONTROL_CHARACTER.test(value)
    ? invalidInput(`${name} holds a control character; none is allowed`, path)
    : null;
}
