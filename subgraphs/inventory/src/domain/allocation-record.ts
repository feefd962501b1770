import type { Candidate, Choice } from './candidate-sets.ts';
import { kilometres } from './geo.ts';

/** Up to 12 candidates every set is looked at; above, sets are grown greedily. */
export type Method = 'EXACT' | 'GREEDY';

export interface CandidateRecord {
  readonly facilityId: string;
  readonly chosen: boolean;
  /** From the destination when domestic; from the facility's nearest airport when international. */
  readonly distanceMm: number;
  /** The rule that put it out, or kept it; in words for a person. */
  readonly because: string;
}

/** Why these facilities: what each rule did with each candidate. */
export interface DecisionRecord {
  readonly policyVersion: string;
  readonly international: boolean;
  readonly method: Method;
  /** Sorted by facility id. */
  readonly candidates: readonly CandidateRecord[];
}

/** Says for every candidate which rule kept it or put it out. `candidates` are those that `choice` was made from. */
export function explainCandidates(
  candidates: readonly Candidate[],
  choice: Choice,
  method: Method,
): CandidateRecord[] {
  const explain = method === 'EXACT' ? becauseExactly : becauseGreedily;
  const chosen = new Set(choice.chosen);
  return candidates.map((candidate, index) => ({
    facilityId: candidate.facility.id,
    chosen: chosen.has(candidate),
    distanceMm: candidate.distanceMm,
    because: explain(index, chosen.has(candidate), candidates, choice),
  }));
}

const inKm = (millimetres: number): string => `${kilometres(millimetres).toFixed(3)} km`;
const ofFacilities = (count: number): string => (count === 1 ? '1 facility' : `${count} facilities`);

function becauseExactly(
  index: number,
  isChosen: boolean,
  candidates: readonly Candidate[],
  { chosen, distanceMm, nearestWith }: Choice,
): string {
  if (isChosen) return whyKept(candidates, { chosen, distanceMm, nearestWith });
  const nearestMm = nearestWith[index] ?? null;
  const size = ofFacilities(chosen.length);
  if (nearestMm === null)
    return `Fewest facilities: ${size} can serve the whole order without this one, not with it.`;
  if (nearestMm > distanceMm) {
    return `Least distance: the nearest ${chosen.length === 1 ? 'choice' : `set of ${chosen.length}`} with this one is ${inKm(nearestMm)}, the chosen ${inKm(distanceMm)}.`;
  }
  return 'Facility ids: as many facilities and as near, but later in the order of ids.';
}

function whyKept(candidates: readonly Candidate[], { chosen, distanceMm, nearestWith }: Choice): string {
  const size = ofFacilities(chosen.length);
  if (candidates.length === chosen.length) {
    return chosen.length === 1
      ? 'The only candidate, and it serves the whole order.'
      : `Fewest facilities: all ${chosen.length} are needed to serve the whole order.`;
  }
  const isChosen = new Set(chosen);
  const others = nearestWith
    .filter((_, index) => !isChosen.has(candidates[index]!))
    .filter((mm) => mm !== null);
  if (others.length === 0)
    return `Fewest facilities: serves the whole order with ${size}, as no other choice of that many does.`;
  if (others.every((mm) => mm > distanceMm)) {
    return `Least distance: of the choices of ${size} that serve the whole order the nearest, ${inKm(distanceMm)}.`;
  }
  return `Facility ids: of the choices of ${size} that are ${inKm(distanceMm)} the first by id.`;
}

const becauseGreedily = (_index: number, isChosen: boolean, candidates: readonly Candidate[]): string =>
  isChosen
    ? `Greedy, since there are ${candidates.length} candidates: it covered most of the units that were missing, or as many and nearer.`
    : `Greedy, since there are ${candidates.length} candidates: the chosen facilities serve the whole order without it.`;
