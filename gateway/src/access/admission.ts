import type { ApolloServerPlugin } from '@apollo/server';
import type { Viewer } from '@holdfast/service';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { limits, overLimit } from '../limits.ts';
import { costOf, type Variables } from './operation-cost.ts';
import { RateLimit, type PointsPerSecond } from './rate-limit.ts';
import type { ViewerContext } from './viewer.ts';

export interface AskedOperation {
  readonly document: DocumentNode;
  readonly variables: Variables;
  readonly operationName?: string | null | undefined;
}

/** Decides, by its cost, whether a valid operation is run, on every transport. */
export class Admission {
  readonly #rateLimit: RateLimit | null;

  /** Without rates every viewer may ask as often as they like. */
  constructor(rates: PointsPerSecond | null) {
    this.#rateLimit = rates && new RateLimit(rates);
  }

  /** Operations refused since the start because their viewer asked for too much. */
  get refused(): number {
    return this.#rateLimit?.refused ?? 0;
  }

  /** @throws GraphQLError that names the limit on cost, or RATE_LIMITED (429). */
  admit(viewer: Viewer, schema: GraphQLSchema, { document, variables, operationName }: AskedOperation): void {
    const cost = costOf(schema, document, variables, operationName);
    if (cost > limits.cost) {
      throw overLimit('cost', `The operation costs ${cost} points`, 'GRAPHQL_VALIDATION_FAILED');
    }
    this.#rateLimit?.spend(viewer, 1 + cost);
  }
}

/** Has Apollo Server ask `admission` before it plans or runs anything, and tell in its header too when to ask again. */
export const admitting = (admission: Admission): ApolloServerPlugin<ViewerContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, request, operationName, contextValue }) =>
      admission.admit(contextValue.viewer, schema, {
        document,
        variables: request.variables ?? {},
        operationName,
      }),
    willSendResponse: async ({ response, errors }) => {
      const retryAfterMs = errors?.[0]?.extensions['retryAfterMs'];
      if (typeof retryAfterMs !== 'number') return;
      response.http.headers.set('retry-after', String(Math.ceil(retryAfterMs / 1_000)));
    },
  }),
});
