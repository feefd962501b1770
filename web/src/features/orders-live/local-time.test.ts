import { describe, expect, it } from '@jest/globals';
import { fromLocalText, toLocalText } from './local-time.ts';

describe('instants in an input of local time', () => {
  it('come back as they were, to the second', () => {
    for (const instant of ['2026-11-25T03:26:08.000Z', '2026-06-01T12:00:00.000Z'])
      expect(fromLocalText(toLocalText(instant))).toBe(instant);
  });

  it('are none while nothing whole is typed', () => {
    expect(fromLocalText('')).toBeUndefined();
    expect(fromLocalText('2026-13')).toBeUndefined();
    expect(toLocalText(undefined)).toBe('');
  });
});
