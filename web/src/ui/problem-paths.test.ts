import { describe, expect, it } from '@jest/globals';
import { problemAt, problemsElsewhere } from './problem-paths.ts';

const problems = [
  { message: 'Too many', path: ['lines', '0', 'quantity'] },
  { message: 'Too long', path: ['reason'] },
  { message: 'Used before', path: null },
];

describe('problems of a form', () => {
  it('stand at the field that their path names', () => {
    expect(problemAt(problems, ['lines', '0', 'quantity'])).toBe('Too many');
    expect(problemAt(problems, ['lines', '1', 'quantity'])).toBeNull();
    expect(problemAt(problems, ['lines', '0'])).toBeNull();
  });

  it('stand above the form when no field has their path', () => {
    const elsewhere = problemsElsewhere(problems, [['lines', '0', 'quantity'], ['reason']]);
    expect(elsewhere.map(({ message }) => message)).toEqual(['Used before']);
  });
});
