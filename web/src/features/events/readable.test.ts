import { describe, expect, it } from '@jest/globals';
import { headerPairs, readable } from './readable.ts';

describe('what a parked message holds', () => {
  it('is set out over lines when it is JSON', () => {
    expect(readable('{"a":[1]}')).toEqual({ text: '{\n  "a": [\n    1\n  ]\n}', isJson: true });
  });

  it.each(['{"a":', 'plain', '', '<script>alert(1)</script>'])('stands as it is when it is %j', (text) => {
    expect(readable(text)).toEqual({ text, isJson: false });
  });

  it('has headers by name, each value for itself', () => {
    expect(headerPairs('{"b":["1","2"],"a":["x"]}')).toEqual([
      ['a', 'x'],
      ['b', '1'],
      ['b', '2'],
    ]);
  });

  it.each(['', '[]', 'null', '"a"', '{'])('has no headers in %j', (headers) => {
    expect(headerPairs(headers)).toBeNull();
  });
});
