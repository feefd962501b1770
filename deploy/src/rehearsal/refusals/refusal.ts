/** Something that must be refused, or in a few cases answered, and how. */
export interface Attempt {
  readonly who: string;
  readonly what: string;
  /** What must come of it, such as `refused` or `401`. */
  readonly expected: string;
  readonly make: () => Promise<string>;
}

/** An attempt of which something else came. */
export interface Surprise {
  readonly who: string;
  readonly what: string;
  readonly expected: string;
  readonly outcome: string;
}

export interface AttemptResults {
  readonly about: string;
  readonly count: number;
  readonly surprises: readonly Surprise[];
}

/** Makes one attempt after the other; one that throws has the error's text as its outcome. */
export async function makeAttempts(about: string, attempts: readonly Attempt[]): Promise<AttemptResults> {
  const surprises: Surprise[] = [];
  for (const { who, what, expected, make } of attempts) {
    const outcome = await make().catch((error: unknown) => String(error));
    if (outcome !== expected) surprises.push({ who, what, expected, outcome });
  }
  return { about, count: attempts.length, surprises };
}
