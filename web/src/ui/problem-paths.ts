export interface FoundProblem {
  readonly message: string;
  readonly path?: readonly string[] | null;
}

const isAt = ({ path }: FoundProblem, place: readonly string[]): boolean =>
  path?.length === place.length && place.every((step, index) => path[index] === step);

/** What is wrong at one place of the input, in words; null when nothing is. */
export const problemAt = (problems: readonly FoundProblem[], place: readonly string[]): string | null =>
  problems.find((problem) => isAt(problem, place))?.message ?? null;

/** The problems that stand at none of these places, and so have to be shown above the form. */
export const problemsElsewhere = (
  problems: readonly FoundProblem[],
  places: readonly (readonly string[])[],
): readonly FoundProblem[] => problems.filter((problem) => !places.some((place) => isAt(problem, place)));
