/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../graphql/schema.generated';

import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type OrderFilter = {
  readonly customerId?: string | null | undefined;
  /** Placed before this instant. */
  readonly placedBefore?: string | null | undefined;
  /** Placed at this instant or later. */
  readonly placedFrom?: string | null | undefined;
  readonly reference?: string | null | undefined;
  readonly statuses?: ReadonlyArray<OrderStatus> | null | undefined;
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

export type LiveOrderChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type LiveOrderChangesSubscription = { readonly orderChanges: { readonly eventId: string, readonly version: number, readonly from: Types.OrderStatus | null, readonly to: Types.OrderStatus, readonly occurredAt: string, readonly order: { readonly id: string, readonly status: Types.OrderStatus, readonly version: number } | null } };

export type LiveOrdersPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: Types.OrderFilter | null | undefined;
}>;


export type LiveOrdersPageQuery = { readonly orders: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly status: Types.OrderStatus, readonly version: number, readonly customerId: string, readonly reference: string | null, readonly placedAt: string, readonly updatedAt: string, readonly destination: { readonly country: string, readonly city: string | null }, readonly total: { readonly amount: string, readonly currencyCode: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean } } | null };

export type LiveOrderTotalsQueryVariables = Exact<{ [key: string]: never; }>;


export type LiveOrderTotalsQuery = { readonly orderTotals: ReadonlyArray<{ readonly status: Types.OrderStatus, readonly count: number }> | null };


export const LiveOrderChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"LiveOrderChanges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderChanges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"eventId"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]}}]} as unknown as DocumentNode<LiveOrderChangesSubscription, LiveOrderChangesSubscriptionVariables>;
export const LiveOrdersPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LiveOrdersPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"OrderFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"customerId"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"destination"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"city"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"placedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]} as unknown as DocumentNode<LiveOrdersPageQuery, LiveOrdersPageQueryVariables>;
export const LiveOrderTotalsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LiveOrderTotals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderTotals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}}]} as unknown as DocumentNode<LiveOrderTotalsQuery, LiveOrderTotalsQueryVariables>;