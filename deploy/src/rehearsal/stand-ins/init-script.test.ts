import { describe, expect, it } from '@jest/globals';
import { statementsOf } from './init-script.ts';

describe('the statements of a psql script', () => {
  it('have the environment’s values in them, quoted', () => {
    const script = String.raw`-- A comment
\getenv secret PASSWORD
create role ann login password :'secret';
create database shop
  owner ann;`;
    expect(statementsOf(script, { PASSWORD: "it's" })).toEqual([
      "create role ann login password 'it''s'",
      'create database shop\n  owner ann',
    ]);
  });

  it.each([
    ['a variable that is not set', String.raw`\getenv secret PASSWORD`, 'wants PASSWORD'],
    ['a value that was never set', "select :'secret'", "uses :'secret'"],
    ['another command of psql', String.raw`\connect orders`, String.raw`\connect orders is not known`],
  ])('are refused for %s', (_, script, reason) => {
    expect(() => statementsOf(script, {})).toThrow(reason);
  });
});
