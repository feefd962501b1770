import { byCodeUnits } from './code-units.ts';
import type { Facility } from './geo.ts';

/** A facility that has some of what the order asks for; `units[i]` of line i. */
export interface Candidate {
  readonly facility: Facility;
  readonly units: readonly number[];
  readonly distanceMm: number;
}

export interface Choice {
  /** Sorted by facility id. */
  readonly chosen: readonly Candidate[];
  readonly distanceMm: number;
  /** For candidate i the nearest set of the chosen size that holds it; null when none of that size serves the order. */
  readonly nearestWith: readonly (number | null)[];
}

/** A line that not every set of the size in question can serve: what is asked, and each candidate's units of it. */
interface Need {
  readonly quantity: number;
  readonly units: readonly number[];
}

/**
 * The least set of candidates that serves every quantity, then the nearest in sum, then the first by facility ids.
 * Candidates are sorted by id and serve the order together. Looks at every set of a size before any of the next.
 */
export function chooseExactly(candidates: readonly Candidate[], quantities: readonly number[]): Choice {
  const needs = quantities.map((quantity, line) => ({
    quantity,
    units: candidates.map(({ units }) => units[line]!),
  }));
  for (let size = 1; size <= candidates.length; size += 1) {
    const choice = nearestOfSize(size, candidates, needs);
    if (choice !== null) return choice;
  }
  throw new RangeError('the candidates together cannot serve the order');
}

function nearestOfSize(
  size: number,
  candidates: readonly Candidate[],
  allNeeds: readonly Need[],
): Choice | null {
  if (allNeeds.some((need) => largest(need, size) < need.quantity)) return null;
  const needs = allNeeds.filter((need) => smallest(need, size) < need.quantity).sort(scarcestFirst);
  const nearestWith = candidates.map((): number | null => null);
  let best: readonly number[] | null = null;
  let bestMm = Infinity;
  for (const members of setsOfSize(size, candidates.length)) {
    const setMm = members.reduce((total, member) => total + candidates[member]!.distanceMm, 0);
    const isBetter = setMm < bestMm;
    const isNews = isBetter || members.some((member) => setMm < (nearestWith[member] ?? Infinity));
    if (!isNews || !needs.every((need) => served(need, members))) continue;
    for (const member of members) nearestWith[member] = Math.min(nearestWith[member] ?? Infinity, setMm);
    if (isBetter) [best, bestMm] = [[...members], setMm];
  }
  if (best === null) return null;
  return { chosen: best.map((member) => candidates[member]!), distanceMm: bestMm, nearestWith };
}

const served = ({ quantity, units }: Need, members: readonly number[]): boolean => {
  let total = 0;
  for (const member of members) total += units[member]!;
  return total >= quantity;
};

const ascending = ({ units }: Need): number[] => units.toSorted((one, other) => one - other);
const total = (units: readonly number[]): number => units.reduce((sum, unit) => sum + unit, 0);
const smallest = (need: Need, size: number): number => total(ascending(need).slice(0, size));
const largest = (need: Need, size: number): number => total(ascending(need).slice(-size));
const scarcestFirst = (one: Need, other: Need): number =>
  total(one.units) / one.quantity - total(other.units) / other.quantity;

/** Every ascending list of `size` numbers below `count`, in lexical order; the same array each time, so copy to keep. */
function* setsOfSize(size: number, count: number): Generator<readonly number[]> {
  const members = Array.from({ length: size }, (_, index) => index);
  for (;;) {
    yield members;
    let last = size - 1;
    while (last >= 0 && members[last] === count - size + last) last -= 1;
    if (last < 0) return;
    members[last]! += 1;
    for (let next = last + 1; next < size; next += 1) members[next] = members[next - 1]! + 1;
  }
}

/**
 * Grows a set: repeatedly the candidate that covers most missing units, then the nearer, then the first by id; then drops
 * each that is not needed, the last taken first. Candidates are sorted by id and serve the order together.
 */
export function chooseGreedily(candidates: readonly Candidate[], quantities: readonly number[]): Choice {
  const missing = [...quantities];
  const left = new Set(candidates);
  let chosen: Candidate[] = [];
  while (missing.some((units) => units > 0)) {
    const next = mostCovering(left, missing);
    left.delete(next);
    chosen.push(next);
    for (const [line, units] of next.units.entries()) missing[line] = Math.max(0, missing[line]! - units);
  }
  for (const candidate of chosen.toReversed()) {
    const rest = chosen.filter((each) => each !== candidate);
    if (serves(rest, quantities)) chosen = rest;
  }
  return {
    chosen: chosen.sort((one, other) => byCodeUnits(one.facility.id, other.facility.id)),
    distanceMm: chosen.reduce((sum, { distanceMm }) => sum + distanceMm, 0),
    nearestWith: candidates.map(() => null),
  };
}

function mostCovering(candidates: Iterable<Candidate>, missing: readonly number[]): Candidate {
  let best: Candidate | null = null;
  let bestUnits = 0;
  for (const candidate of candidates) {
    const units = total(missing.map((asked, line) => Math.min(asked, candidate.units[line]!)));
    const isNearer = units === bestUnits && best !== null && candidate.distanceMm < best.distanceMm;
    if (units > bestUnits || isNearer) [best, bestUnits] = [candidate, units];
  }
  if (best === null) throw new RangeError('the candidates together cannot serve the order');
  return best;
}

const serves = (candidates: readonly Candidate[], quantities: readonly number[]): boolean =>
  quantities.every((quantity, line) => total(candidates.map(({ units }) => units[line]!)) >= quantity);
