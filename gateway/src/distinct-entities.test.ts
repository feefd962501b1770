import { describe, expect, it } from '@jest/globals';
import { askDistinct } from './distinct-entities.ts';

const aProduct = (sku: string) => ({ __typename: 'Product', sku });

describe('entities that a plan names more than once', () => {
  it('are asked for once, and answered and complained of where they were named', async () => {
    const asked: unknown[] = [];
    const representations = ['A', 'A', 'B', 'A', 'B'].map(aProduct);
    const answer = await askDistinct(
      { query: 'q', variables: { representations, other: 1 } },
      async (request) => {
        asked.push(request.variables);
        return {
          data: { _entities: [{ name: 'a' }, null] },
          errors: [{ message: 'no B', path: ['_entities', 1, 'name'] }],
        };
      },
    );
    expect(asked).toEqual([{ representations: [aProduct('A'), aProduct('B')], other: 1 }]);
    const [a, b] = [{ name: 'a' }, null];
    expect(answer).toEqual({
      data: { _entities: [a, a, b, a, b] },
      errors: [{ message: 'no B', path: ['_entities', 2, 'name'] }],
    });
  });

  it('leave an answer without data as it is', async () => {
    const representations = [aProduct('A'), aProduct('A')];
    const refusal = { errors: [{ message: 'no' }] };
    expect(await askDistinct({ variables: { representations } }, async () => refusal)).toEqual(refusal);
  });
});
