/** One thing that was compared, with what is wrong about it; null when nothing is. */
export interface Row {
  /** Such as `Deployment/orders sets NATS_URL`. */
  readonly about: string;
  readonly problem: string | null;
}

export const row = (about: string, isRight: boolean, problem: string): Row => ({
  about,
  problem: isRight ? null : problem,
});

/** Each as `about: problem`. */
export const problemsIn = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap(({ about, problem }) => (problem === null ? [] : [`${about}: ${problem}`]));
