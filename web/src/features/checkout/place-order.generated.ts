/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../graphql/schema.generated';

import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type DestinationInput = {
  readonly city?: string | null | undefined;
  readonly country: string;
  /**
   * Latitude and longitude: both or neither (one alone is a problem). Both are taken as given;
   * with neither the place is found from city, postal code or country.
   */
  readonly latitude?: number | null | undefined;
  readonly longitude?: number | null | undefined;
  readonly postalCode?: string | null | undefined;
};

export type ExpectedMoneyInput = {
  readonly amount: string;
  readonly currencyCode: string;
};

export type OrderLineInput = {
  /** 1 to 1,000,000, also after lines of one SKU are summed. */
  readonly quantity: number;
  readonly sku: string;
};

export type OrderStatus =
  /** Cancelled by the customer, by an operator, or because it waited too long. Final. */
  | 'CANCELLED'
  /** Final. */
  | 'DELIVERED'
  /** Recorded; stock not tied yet. */
  | 'PENDING'
  /** There was not enough stock. Final. */
  | 'REJECTED'
  /** Stock is tied to it at one or more facilities. */
  | 'RESERVED'
  /** Handed to fulfilment; it can no longer be cancelled. */
  | 'SHIPPING';

export type PlaceOrderInput = {
  /** Whom the order is for. Only an operator may name somebody else. */
  readonly customerId?: string | null | undefined;
  readonly destination: DestinationInput;
  /** When given and not the total that would be charged: PRICE_CHANGED, and nothing is placed. */
  readonly expectedTotal?: ExpectedMoneyInput | null | undefined;
  /** 1 to 200 characters. */
  readonly idempotencyKey: string;
  /** 1 to 2,000 lines; lines of one SKU are summed. */
  readonly lines: ReadonlyArray<OrderLineInput>;
  readonly reference?: string | null | undefined;
};

export type PlaceOrderMutationVariables = Exact<{
  input: Types.PlaceOrderInput;
}>;


export type PlaceOrderMutation = { readonly placeOrder: { readonly order: { readonly id: string, readonly version: number, readonly status: Types.OrderStatus } | null, readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };


export const PlaceOrderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PlaceOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PlaceOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"placeOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<PlaceOrderMutation, PlaceOrderMutationVariables>;