import type { Random } from '../load/random.ts';
import type { FaultKind, Injection, Site } from './fault.ts';

/** One fault and the pause before it. */
export interface PlannedFault {
  readonly pauseMs: number;
  readonly kind: FaultKind;
  readonly injection: Injection;
}

const MEAN_PAUSE_MS = 1_800;

/**
 * Faults without end, that follow from `random` alone: kinds are cards of a deck. The first deck has one of each, so that
 * every kind comes early; each later one has as many as the kind says.
 */
export function* planFaults(
  kinds: readonly FaultKind[],
  site: Site,
  random: Random,
): Generator<PlannedFault> {
  for (let deck = kinds; deck.length > 0; deck = kinds.flatMap((kind) => Array(kind.cards).fill(kind))) {
    for (const kind of shuffled(deck, random)) {
      const pauseMs = Math.round(random.exponential(MEAN_PAUSE_MS));
      yield { pauseMs, kind, injection: kind.draw(site, random) };
    }
  }
}

/** Kinds that can be had at a site, and those that cannot with the reason. */
export function sortOut(
  kinds: readonly FaultKind[],
  site: Site,
): {
  readonly possible: readonly FaultKind[];
  readonly skipped: readonly { kind: FaultKind; why: string }[];
} {
  const judged = kinds.map((kind) => ({ kind, why: kind.needs(site) }));
  return {
    possible: judged.filter(({ why }) => why === true).map(({ kind }) => kind),
    skipped: judged.flatMap(({ kind, why }) => (why === true ? [] : [{ kind, why }])),
  };
}

function shuffled<Item>(items: readonly Item[], random: Random): readonly Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
