import type { IncomingHttpHeaders } from 'node:http';
import { GraphQLError } from 'graphql';
import { BearerTokens, type TokenRules } from './bearer-tokens.ts';
import { loopbackOnly, ownPagesAnd, type OriginCheck } from './caller-origin.ts';
import { CUSTOMER_ID_RULE, gatewayItself, isCustomerId, unauthenticated, type Caller } from './viewer.ts';

/** How callers say who they are: not at all, on a machine of one's own, or by a bearer token. */
export type AccessConfig =
  | { readonly auth: 'off' }
  | {
      readonly auth: 'jwt';
      readonly tokens: TokenRules;
      /** Origins of pages elsewhere that may ask, such as https://shop.example.com. */
      readonly corsOrigins: readonly string[];
      /** Points that one viewer may spend in a second, over any ten seconds. */
      readonly pointsPerSecond: { readonly customer: number; readonly operator: number };
    };

/** With HOLDFAST_AUTH=off, makes a request that customer's; without it the request is the operator's. */
export const CUSTOMER_HEADER = 'x-holdfast-customer';

/** Finds out who asks. Both reject with a GraphQLError whose code and message may be shown. */
export interface Authentication {
  readonly originProblem: OriginCheck;
  /** Of an HTTP request, or of a WebSocket by its upgrade. */
  ofHeaders(headers: IncomingHttpHeaders): Promise<Caller>;
  /** Of a WebSocket, by what its `connection_init` says or else its upgrade. */
  ofSocket(
    params: Readonly<Record<string, unknown>> | undefined,
    headers: IncomingHttpHeaders,
  ): Promise<Caller>;
}

export const createAuthentication = (access: AccessConfig): Authentication =>
  access.auth === 'off' ? withoutTokens : withTokens(new BearerTokens(access.tokens), access.corsOrigins);

const withoutTokens: Authentication = {
  originProblem: loopbackOnly,
  ofHeaders: async (headers) => callerNamed(headers[CUSTOMER_HEADER]),
  ofSocket: async (params, headers) => callerNamed(params?.['customer'] ?? headers[CUSTOMER_HEADER]),
};

const withTokens = (tokens: BearerTokens, corsOrigins: readonly string[]): Authentication => ({
  originProblem: ownPagesAnd(corsOrigins),
  ofHeaders: async ({ authorization }) => tokens.read(bearerIn(authorization)),
  ofSocket: async (params, headers) =>
    tokens.read(bearerIn(params?.['authorization'] ?? headers.authorization)),
});

function callerNamed(customer: unknown): Caller {
  if (customer === undefined) return { viewer: gatewayItself, endsAt: null };
  if (isCustomerId(customer)) return { viewer: { customerId: customer, isOperator: false }, endsAt: null };
  throw new GraphQLError(`${CUSTOMER_HEADER} has to be a customer's id: ${CUSTOMER_ID_RULE}`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

function bearerIn(authorization: unknown): string {
  const token = typeof authorization === 'string' && /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token) return token;
  throw unauthenticated('A bearer token is needed: authorization: Bearer TOKEN');
}
