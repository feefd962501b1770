import type { Setting } from './setting.ts';
import type { InventoryRows, ModelFact, OrdersRows, Outgoing, Service, StatedFact, World } from './world.ts';

/** What a step makes of the world, and what is wrong with the step itself, in words. */
export interface Outcome {
  readonly world: World;
  readonly wrong: readonly string[];
}

export interface Written {
  readonly orders?: OrdersRows;
  readonly inventory?: InventoryRows;
  readonly stated: readonly StatedFact[];
}

/** Commits rows and facts of one service. Without `factsWithRows` a crash between the two loses the facts. */
export function commit(
  world: World,
  by: Service,
  { orders = world.orders, inventory = world.inventory, stated }: Written,
): World {
  if (stated.length === 0) return { ...world, orders, inventory };
  const before = world.outgoing[by];
  const journal = [...before.journal];
  const outbox = [...before.outbox];
  for (const fact of stated) {
    const id = nextId(journal, by, fact.about);
    journal.push({ ...fact, id });
    outbox.push({ fact: id, sequence: null, ghostClearedIn: 0 });
  }
  return withOutgoing({ ...world, orders, inventory }, by, { ...before, journal, outbox });
}

/** The facts in the order of the stream without ever being committed: what a transaction did that published too early. */
export function publishUncommitted(world: World, by: Service, stated: readonly StatedFact[]): World {
  const before = world.outgoing[by];
  const facts = stated.map((fact) => ({ ...fact, id: nextId(before.journal, by, fact.about) }));
  return withOutgoing(world, by, {
    ...before,
    stream: [...before.stream, ...facts.map(({ id }) => ({ fact: id, generation: before.lease.generation }))],
    ghostUncommitted: [...before.ghostUncommitted, ...facts],
  });
}

const nextId = (journal: readonly ModelFact[], by: Service, about: string): string =>
  `${by}/${about}.${journal.filter((fact) => fact.about === about).length + 1}`;

export const withOutgoing = (world: World, of: Service, outgoing: Outgoing): World => ({
  ...world,
  outgoing: { ...world.outgoing, [of]: outgoing },
});

/** What judges holds: the database's clock, or where that was taken away a process's own. */
export const clockOf = ({ mechanisms }: Setting, { now }: World): number =>
  now + { database: 0, ahead: 1, behind: -1 }[mechanisms.clock];

/** A sorted list with a name in it, once. */
export const withName = (names: readonly string[], name: string): readonly string[] =>
  names.includes(name) ? names : [...names, name].sort();

export const factById = (world: World, of: Service, id: string): ModelFact => {
  const { journal, ghostUncommitted } = world.outgoing[of];
  return journal.find((fact) => fact.id === id) ?? ghostUncommitted.find((fact) => fact.id === id)!;
};
