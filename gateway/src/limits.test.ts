import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { limitRules } from './limits.ts';

const schema = buildSchema('type Query { node: Node } type Node { node: Node name: String }');
const refusals = (document: string): unknown[] =>
  validate(schema, parse(document), limitRules).map(({ extensions }) => extensions['limit']);

describe('the limit rules', () => {
  it('count the aliases of a fragment once for each spread, however the spreads are nested', () => {
    const spreads = (count: number): string =>
      Array.from({ length: count }, (_, n) => `f${n}: node { ...Two }`).join(' ');
    const two = 'fragment Two on Node { a: name b: name }';
    expect(refusals(`{ ${spreads(33)} } ${two}`)).toEqual([]);
    expect(refusals(`{ ${spreads(34)} } ${two}`)).toEqual(['aliases']);
    const doubling = Array.from(
      { length: 30 },
      (_, n) => `fragment F${n} on Node { ...F${n + 1} ...F${n + 1} }`,
    );
    expect(refusals(`{ node { ...F0 } } ${doubling.join(' ')} fragment F30 on Node { a: name }`)).toEqual([
      'aliases',
    ]);
  });

  it('count depth through fragments', () => {
    const deep = (levels: number): string => `${'{ node '.repeat(levels)}{ name }${' }'.repeat(levels)}`;
    expect(refusals(`{ node { ...Deep } } fragment Deep on Node ${deep(13)}`)).toEqual([]);
    expect(refusals(`{ node { ...Deep } } fragment Deep on Node ${deep(14)}`)).toEqual(['depth']);
    expect(refusals(`{ node { ...Round } } fragment Round on Node { node { ...Round } }`)).toEqual([]);
  });
});
