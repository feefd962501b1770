import countries from 'i18n-iso-countries';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
countries.registerLocale(require('i18n-iso-countries/langs/en.json') as countries.LocaleData);

const codeByEnglishName: ReadonlyMap<string, string> = new Map(
  Object.entries(countries.getNames('en', { select: 'all' })).flatMap(([code, names]) =>
    [names].flat().map((name) => [name.toLowerCase(), code]),
  ),
);

/** What the data calls countries where ISO 3166-1 has another name; null for what is no one country. */
const namesInTheData: ReadonlyMap<string, string | null> = new Map(
  Object.entries({
    eire: 'IE',
    'channel islands': 'JE',
    rsa: 'ZA',
    usa: 'US',
    uk: 'GB',
    england: 'GB',
    scotland: 'GB',
    wales: 'GB',
    'northern ireland': 'GB',
    korea: 'KR',
    'czech republic': 'CZ',
    holland: 'NL',
    'hong kong': 'HK',
    uae: 'AE',
    'european community': null,
    'west indies': null,
    unspecified: null,
    '': null,
  }),
);

/** ISO 3166-1 alpha-2 for a country's name or code as the data writes it; null when it has none. Case does not matter. */
export function countryCodeOf(name: string): string | null {
  const known = namesInTheData.get(name.trim().toLowerCase());
  if (known !== undefined) return known;
  const code = name.trim().toUpperCase();
  if (code.length === 2 && countries.isValid(code)) return code;
  return codeByEnglishName.get(name.trim().toLowerCase()) ?? null;
}
