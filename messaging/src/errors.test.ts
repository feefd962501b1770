import { describe, expect, it } from '@jest/globals';
import { describeError, saysContention, saysNoRoom, saysServerAway } from './errors.ts';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('an error says that a server is away', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006', '53100', '53300', '25006'])(
    'with code %s',
    (code) => {
      expect(saysServerAway(coded(code))).toBe(true);
    },
  );
  it('when its cause or one of several joined errors does', () => {
    expect(saysServerAway(new Error('query failed', { cause: coded('57P02') }))).toBe(true);
    expect(saysServerAway(new AggregateError([coded('X'), coded('ECONNREFUSED')]))).toBe(true);
  });
  it('when pg says so without a code', () => {
    expect(saysServerAway(new Error('Connection terminated unexpectedly'))).toBe(true);
  });
});

describe('an error says nothing of the kind', () => {
  // Lock timeout, statement timeout, deadlock, serialization failure, a broken CHECK, an idle transaction.
  it.each(['55P03', '57014', '40P01', '40001', '23514', '25P03', ''])('with code %s', (code) => {
    expect(saysServerAway(coded(code))).toBe(false);
  });
  it('when it is no error, or Node has a code for it that begins like one of SQL', () => {
    expect(saysServerAway('ECONNREFUSED')).toBe(false);
    expect(saysServerAway(coded('58'))).toBe(false);
  });
});

it('tells a server without room from one that a message may have brought down', () => {
  for (const code of ['53100', '53300']) {
    expect(saysNoRoom(coded(code))).toBe(true);
    expect(saysNoRoom(new Error('query failed', { cause: coded(code) }))).toBe(true);
  }
  for (const code of ['53200', '57P02', 'ECONNRESET', '']) expect(saysNoRoom(coded(code))).toBe(false);
});

it('tells a transaction that was in the way of others from a statement that is wrong', () => {
  for (const code of ['55P03', '57014', '40P01', '40001', '25P03', '25P04']) {
    expect(saysContention(coded(code))).toBe(true);
    expect(saysContention(new Error('query failed', { cause: coded(code) }))).toBe(true);
  }
  for (const code of ['23514', '42P01', 'ECONNRESET', '']) expect(saysContention(coded(code))).toBe(false);
});

it('describes an error with its name, code and message, in bounded length', () => {
  expect(describeError(coded('40P01', 'deadlock detected'))).toBe('Error 40P01: deadlock detected');
  expect(describeError('only text')).toBe('only text');
  expect(describeError(new Error('y'.repeat(5_000)))).toHaveLength(1_000);
});
