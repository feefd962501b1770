import type { Viewer } from '@holdfast/service';
import { GraphQLError } from 'graphql';

/** With HOLDFAST_AUTH=off, makes a request that customer's; without it the request is the operator's. */
export const CUSTOMER_HEADER = 'x-holdfast-customer';

/** What every resolver and subgraph request of the gateway knows about its caller. */
export interface ViewerContext {
  readonly viewer: Viewer;
}

const OPERATOR: Viewer = { customerId: 'local', isOperator: true };
const MAX_CUSTOMER_LENGTH = 200;

/**
 * The viewer that `customer` names, from the header or from a WebSocket's `connection_init`; the operator `local` when
 * it is undefined. @throws GraphQLError BAD_USER_INPUT when it is no text of 1 to 200 characters without control characters.
 */
export function viewerOf(customer: unknown): Viewer {
  if (customer === undefined) return OPERATOR;
  if (
    typeof customer !== 'string' ||
    customer.length < 1 ||
    customer.length > MAX_CUSTOMER_LENGTH ||
    /\p{Cc}/u.test(customer)
  ) {
    throw new GraphQLError(
      `${CUSTOMER_HEADER} has to be a customer's id: 1 to ${MAX_CUSTOMER_LENGTH} characters, no control characters`,
      { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
    );
  }
  return { customerId: customer, isOperator: false };
}
