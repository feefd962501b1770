import { expect, it } from '@jest/globals';
import { initStatements, InitScriptError } from './init-statements.ts';

it('takes variables of the environment as literals, and leaves out remarks', () => {
  const script = "-- a remark; of two\n\\getenv word WORD\ncreate role a\n  password :'word';\nselect 1;\n";
  expect(initStatements(script, { WORD: "it's" })).toEqual(["create role a\n  password 'it''s'", 'select 1']);
});

it.each([
  ['\\getenv word OTHER\n', /OTHER is not set/],
  ["select :'word';\n", /:'word' is not set/],
  ['\\connect orders\n', /only \\getenv/],
])('refuses %j', (script, problem) => {
  expect(() => initStatements(script, {})).toThrow(InitScriptError);
  expect(() => initStatements(script, {})).toThrow(problem);
});
