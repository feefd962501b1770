import { describe, expect, it } from '@jest/globals';
import { countryCodeOf } from './countries.ts';

describe('countryCodeOf', () => {
  it.each([
    ['United Kingdom', 'GB'],
    ['EIRE', 'IE'],
    ['Channel Islands', 'JE'],
    ['RSA', 'ZA'],
    ['USA', 'US'],
    ['Czech Republic', 'CZ'],
    ['United Arab Emirates', 'AE'],
    ['Korea', 'KR'],
    ['Hong Kong', 'HK'],
    ['Saudi Arabia', 'SA'],
    ['Bahrain', 'BH'],
    ['netherlands', 'NL'],
    ['DE', 'DE'],
  ])('knows %s', (name, code) => {
    expect(countryCodeOf(name)).toBe(code);
  });

  it.each(['European Community', 'Unspecified', 'West Indies', '', 'Atlantis', 'XX', 'constructor'])(
    'has no code for %j',
    (name) => {
      expect(countryCodeOf(name)).toBeNull();
    },
  );
});
