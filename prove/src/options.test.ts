import { expect, it } from '@jest/globals';
import { OptionsError, readOptions } from './options.ts';

const read = (...args: string[]) => readOptions(args, () => 42);

it('a run has a random seed, three minutes and all faults unless it is told otherwise', () => {
  expect(read()).toEqual({ seed: 42, minutes: 3, folder: null, faults: null, replay: null });
  expect(read('--seed', '7', '--minutes', '0.5', '--faults', 'kill, freeze', '--folder', 'here')).toEqual({
    seed: 7,
    minutes: 0.5,
    folder: 'here',
    faults: ['kill', 'freeze'],
    replay: null,
  });
  expect(read('--replay', 'there').replay).toBe('there');
});

it.each([
  [['--seed', '-1'], '--seed is'],
  [['--seed=x'], '--seed is "x"; allowed: a whole number'],
  [['--minutes', '0'], '--minutes is "0"; allowed: 0.2 to 1440'],
  [['--minutes', ''], '--minutes is ""'],
  [['--faults', 'kill,flood'], '--faults names flood; known: kill,'],
  [['--hours', '3'], 'npm run prove -- [--seed'],
  [['again'], 'npm run prove -- [--seed'],
])('%j is refused with a line that says what is allowed', (args, line) => {
  const refused = () => read(...args);
  expect(refused).toThrow(OptionsError);
  if (args[1] !== '-1') expect(refused).toThrow(line);
});
