import type { Viewer } from '@holdfast/service';
import { GraphQLError } from 'graphql';

/** What every resolver and subgraph request of the gateway knows about its caller. */
export interface ViewerContext {
  readonly viewer: Viewer;
}

/** Who asks, and until when (milliseconds since the epoch) the gateway takes it for granted; null: for as long as it likes. */
export interface Caller extends ViewerContext {
  readonly endsAt: number | null;
}

/** Who the gateway's own questions are for. */
export const gatewayItself: Viewer = { customerId: 'local', isOperator: true };

const MAX_CUSTOMER_LENGTH = 200;

/** What can be a customer's id: 1 to 200 characters without control characters. */
export const isCustomerId = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length >= 1 &&
  value.length <= MAX_CUSTOMER_LENGTH &&
  !/\p{Cc}/u.test(value);

export const CUSTOMER_ID_RULE = `1 to ${MAX_CUSTOMER_LENGTH} characters, no control characters`;

/** The refusal of a caller whose token is missing, wrong or over (status 401); `message` says which. */
export const unauthenticated = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
