/*
 * Explores the model and prints what it found. `--deep` uses wider bounds, which take minutes; `--seed N` begins the random
 * worlds with another seed. Exit 1 when a rule is broken in an unmutated world, or a mutation goes unseen.
 */
import { parseArgs } from 'node:util';
import { configurations, notSurvived } from './model/configurations.ts';
import { explore, type Exploration } from './model/explore.ts';
import { asBuilt } from './model/mechanisms.ts';
import { mutations } from './model/mutations.ts';
import { largeConfigurations, walkAtRandom } from './model/random.ts';

const { values } = parseArgs({
  options: { deep: { type: 'boolean', default: false }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);

const write = (line: string) => process.stdout.write(`${line}\n`);
const column = (value: string | number, width: number) => String(value).padStart(width);
const numbers = (found: Exploration) =>
  `${column(found.states, 9)} ${column(found.transitions, 11)} ${column(found.statesAtRest, 7)} ${column(found.depth, 5)} ${column(Math.round(found.durationMs), 7)}`;

write(`${'configuration'.padEnd(66)}    states transitions at rest depth      ms`);
let isSound = true;
for (const { deeper, ...configuration } of configurations) {
  const found = explore(values.deep ? { ...configuration, ...deeper } : configuration, asBuilt);
  write(`${found.configuration.padEnd(66)} ${numbers(found)}`);
  if (found.failure === null) continue;
  isSound = false;
  for (const each of found.failure.trace) write(`    ${each}`);
  for (const each of found.failure.wrong) write(`  ! ${each}`);
}

write(`\n${'random ways'.padEnd(66)}      ways       steps      ms`);
for (const configuration of largeConfigurations) {
  const run = walkAtRandom(configuration, asBuilt, { seed, ways: values.deep ? 5_000 : 300 });
  const figures = `${column(run.ways, 9)} ${column(run.steps, 11)} ${column(Math.round(run.durationMs), 7)}`;
  write(`${configuration.name.padEnd(66)} ${figures}  seed ${seed}`);
  if (run.failure === null) continue;
  isSound = false;
  write(run.failure);
}

write(`\n${'mutation'.padEnd(66)}    states trace`);
for (const { name, breaks, without, shownIn } of mutations) {
  const configuration = configurations.find((each) => each.name === shownIn)!;
  const { failure, states } = explore(configuration, { ...asBuilt, ...without });
  write(
    `${name.padEnd(66)} ${column(states, 9)} ${column(failure?.trace.length ?? 'unseen', 5)}  ${failure?.wrong[0] ?? breaks}`,
  );
  if (failure === null) isSound = false;
}
const { failure } = explore(notSurvived, asBuilt);
write(`\nnot survived: ${notSurvived.name}`);
for (const each of [...(failure?.trace ?? []), ...(failure?.wrong.map((wrong) => `! ${wrong}`) ?? [])])
  write(`    ${each}`);
process.exitCode = isSound ? 0 : 1;
