import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@holdfast/service';
import { GraphQLError } from 'graphql';
import { maskError, maskThrown } from './masking.ts';

const log = createLogger('test', 'silent');
const internal = { message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };

describe('an error', () => {
  it('of the inside is told as that and nothing more, but for its place and its service', () => {
    const leaking = { stacktrace: ['at secret.ts'], response: { url: 'http://127.0.0.1:4001' } };
    for (const code of ['DOWNSTREAM_SERVICE_ERROR', 'INTERNAL_SERVER_ERROR', undefined]) {
      const extensions = { code, serviceName: 'orders', ...leaking };
      expect(maskError({ message: 'connect 127.0.0.1:5432', path: ['order'], extensions }, log)).toEqual({
        message: 'Internal error',
        path: ['order'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'orders' },
      });
    }
    expect(maskThrown(new TypeError('secret'), log).toJSON()).toEqual(internal);
  });

  it('about a document is the gateway’s to tell; from a subgraph it speaks of the inside', () => {
    const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
    const error = { message: 'Cannot query field "x"', extensions };
    expect(maskError(error, log)).toEqual(error);
    const fromInside = { ...error, extensions: { ...extensions, serviceName: 'orders' } };
    expect(maskError(fromInside, log)).toEqual({
      ...internal,
      extensions: { ...internal.extensions, service: 'orders' },
    });
  });

  it('that is meant for clients keeps what they can act on, and loses the rest', () => {
    const extensions = {
      code: 'OVERLOADED',
      retryAfterMs: 500,
      serviceName: 'orders',
      stacktrace: ['at secret.ts'],
    };
    expect(maskError({ message: 'Try later', extensions }, log)).toEqual({
      message: 'Try later',
      extensions: { code: 'OVERLOADED', retryAfterMs: 500 },
    });
    const thrown = new GraphQLError('No', { extensions: { code: 'FORBIDDEN' } });
    expect(maskThrown(thrown, log).toJSON()).toEqual({ message: 'No', extensions: { code: 'FORBIDDEN' } });
  });
});
