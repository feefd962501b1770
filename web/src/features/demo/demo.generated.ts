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

export type DemoCatalogueQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type DemoCatalogueQuery = { readonly products: { readonly edges: ReadonlyArray<{ readonly node: { readonly sku: string, readonly name: string, readonly available: number, readonly orderPrice: { readonly amount: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type DemoPlaceOrderMutationVariables = Exact<{
  input: Types.PlaceOrderInput;
}>;


export type DemoPlaceOrderMutation = { readonly placeOrder: { readonly order: { readonly id: string } | null, readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string }> } };

export type DemoHoldMutationVariables = Exact<{
  seconds: number;
}>;


export type DemoHoldMutation = { readonly inventoryHoldConsumer: { readonly pausedUntil: string | null, readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DemoBacklogQueryVariables = Exact<{ [key: string]: never; }>;


export type DemoBacklogQuery = { readonly inventoryMessaging: { readonly consumers: ReadonlyArray<{ readonly name: string, readonly pending: number, readonly inProgress: number, readonly pausedUntil: string | null }> } | null };

export type DemoOutboxQueryVariables = Exact<{ [key: string]: never; }>;


export type DemoOutboxQuery = { readonly ordersMessaging: { readonly outboxRows: number } | null };


export const DemoCatalogueDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DemoCatalogue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"products"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"orderPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<DemoCatalogueQuery, DemoCatalogueQueryVariables>;
export const DemoPlaceOrderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DemoPlaceOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PlaceOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"placeOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DemoPlaceOrderMutation, DemoPlaceOrderMutationVariables>;
export const DemoHoldDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DemoHold"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"seconds"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inventoryHoldConsumer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"seconds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"seconds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pausedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<DemoHoldMutation, DemoHoldMutationVariables>;
export const DemoBacklogDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DemoBacklog"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inventoryMessaging"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consumers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"pending"}},{"kind":"Field","name":{"kind":"Name","value":"inProgress"}},{"kind":"Field","name":{"kind":"Name","value":"pausedUntil"}}]}}]}}]}}]} as unknown as DocumentNode<DemoBacklogQuery, DemoBacklogQueryVariables>;
export const DemoOutboxDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DemoOutbox"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ordersMessaging"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outboxRows"}}]}}]}}]} as unknown as DocumentNode<DemoOutboxQuery, DemoOutboxQueryVariables>;