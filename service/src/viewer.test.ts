import { describe, expect, it } from '@jest/globals';
import { ViewerSeal } from './viewer.ts';

const [key, other] = ['k'.repeat(40), 'o'.repeat(40)];
const ann = { customerId: 'ann', isOperator: false };
const now = Date.UTC(2026, 0, 1);

describe('the viewer header', () => {
  const seal = new ViewerSeal([key]);

  it('reads as it was written, for a minute, and not before by more than clocks differ', () => {
    const header = seal.write(ann, now);
    expect(seal.read(header, now)).toEqual(ann);
    expect(seal.read(header, now + 65_000)).toEqual(ann);
    expect(seal.read(header, now - 9_000)).toEqual(ann);
    for (const wrong of [now + 71_000, now - 11_000]) {
      expect(() => seal.read(header, wrong)).toThrow(/out of date/);
    }
  });

  it('counts only as it was signed', () => {
    const [statement, signature] = seal.write(ann, now).split('.') as [string, string];
    const promoted = Buffer.from(
      Buffer.from(statement, 'base64url').toString().replace('false', 'true'),
    ).toString('base64url');
    for (const forged of [
      undefined,
      '',
      statement,
      `${statement}.`,
      `${statement}.${signature.slice(1)}`,
      `${promoted}.${signature}`,
      `${statement}.${signature}.${signature}`,
      new ViewerSeal([]).write(ann),
      new ViewerSeal([other]).write(ann, now),
    ]) {
      expect(() => seal.read(forged, now)).toThrow(/not signed by the gateway/);
    }
  });

  it('is taken by a service that knows the old key and the new one, whichever signed it', () => {
    const both = new ViewerSeal([other, key]);
    expect(both.read(seal.write(ann, now), now)).toEqual(ann);
    expect(new ViewerSeal([other]).read(both.write(ann, now), now)).toEqual(ann);
  });

  it('is not signed where authentication is off, and need not be there', () => {
    const open = new ViewerSeal([]);
    expect(open.read(open.write(ann))).toEqual(ann);
    expect(open.read(undefined)).toBeNull();
    expect(() => open.read('nonsense')).toThrow(/cannot be read/);
  });
});
