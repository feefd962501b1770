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

/** How the coordinates were found. */
export type DestinationPrecision =
  | 'CITY'
  | 'COUNTRY'
  | 'GIVEN'
  | 'POSTAL_CODE';

export type DestinationCountriesQueryVariables = Exact<{ [key: string]: never; }>;


export type DestinationCountriesQuery = { readonly countries: ReadonlyArray<{ readonly code: string }> | null };

export type FindDestinationQueryVariables = Exact<{
  input: Types.DestinationInput;
}>;


export type FindDestinationQuery = { readonly findDestination: { readonly destination: { readonly country: string, readonly city: string | null, readonly postalCode: string | null, readonly latitude: number, readonly longitude: number, readonly precision: Types.DestinationPrecision } | null, readonly problems: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> | null }> } | null };


export const DestinationCountriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DestinationCountries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"countries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]} as unknown as DocumentNode<DestinationCountriesQuery, DestinationCountriesQueryVariables>;
export const FindDestinationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindDestination"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DestinationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"findDestination"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"destination"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}},{"kind":"Field","name":{"kind":"Name","value":"latitude"}},{"kind":"Field","name":{"kind":"Name","value":"longitude"}},{"kind":"Field","name":{"kind":"Name","value":"precision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<FindDestinationQuery, FindDestinationQueryVariables>;