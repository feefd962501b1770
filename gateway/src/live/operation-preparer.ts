import { operationFromDocument, type Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { limitRules, limits } from '../limits.ts';
import { positionVariablesOf, type PreparedOperation } from './prepared-operation.ts';

const REMEMBERED = 500;

export type Preparation =
  { readonly errors: readonly GraphQLError[] } | { readonly operation: PreparedOperation };

/** Parses, validates and plans subscriptions, by the same rules and limits as HTTP; remembers the last 500. */
export class OperationPreparer {
  readonly #schema: GraphQLSchema;
  readonly #supergraph: Supergraph;
  readonly #planner: QueryPlanner;
  readonly #known = new Map<string, PreparedOperation>();
  #count = 0;

  constructor(schema: GraphQLSchema, supergraph: Supergraph) {
    this.#schema = schema;
    this.#supergraph = supergraph;
    this.#planner = new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: true });
  }

  prepare(query: string, operationName: string | undefined): Preparation {
    const key = JSON.stringify([operationName, query]);
    const known = this.#known.get(key);
    if (known) return { operation: known };
    try {
      const document = parse(query, { maxTokens: limits.tokens });
      const errors = validate(this.#schema, document, [...specifiedRules, ...limitRules]);
      if (errors.length > 0)
        return { errors: errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
      const operation = this.#plan(document, operationName);
      this.#remember(key, operation);
      return { operation };
    } catch (error) {
      return { errors: [coded(error as Error, 'GRAPHQL_PARSE_FAILED')] };
    }
  }

  #plan(document: DocumentNode, operationName: string | undefined): PreparedOperation {
    const definition = getOperationAST(document, operationName);
    if (!definition) {
      throw badRequest('operationName has to name one of the operations of the document');
    }
    if (definition.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw badRequest(
        'Only subscriptions travel over WebSocket and server-sent events; POST this as application/json',
      );
    }
    const operation = operationFromDocument(
      this.#supergraph.apiSchema(),
      document,
      operationName === undefined ? {} : { operationName },
    );
    const { node } = this.#planner.buildQueryPlan(operation);
    if (node?.kind !== 'Subscription' || operation.selectionSet.fieldsInSet().length !== 1) {
      throw badRequest('A subscription has to select one field, without conditions');
    }
    this.#count += 1;
    return {
      id: this.#count,
      document,
      operationName,
      field: operation.selectionSet.fieldsInSet()[0]!.field.element.name,
      plan: node.rest ? planOf([node.primary, node.rest]) : null,
      positionVariables: positionVariablesOf(definition, document),
    };
  }

  #remember(key: string, operation: PreparedOperation): void {
    this.#known.set(key, operation);
    if (this.#known.size > REMEMBERED) this.#known.delete(this.#known.keys().next().value!);
  }
}

type PlanNode = Extract<NonNullable<QueryPlan['node']>, { kind: 'Sequence' }>['nodes'][number];

const planOf = (nodes: PlanNode[]): QueryPlan => ({ kind: 'QueryPlan', node: { kind: 'Sequence', nodes } });

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });

const coded = (error: Error, code: string): GraphQLError =>
  error instanceof GraphQLError
    ? new GraphQLError(error.message, {
        ...(error.nodes ? { nodes: error.nodes } : {}),
        ...(error.source ? { source: error.source, positions: error.positions } : {}),
        extensions: { code, ...error.extensions },
      })
    : new GraphQLError('Internal error', {
        originalError: error,
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      });
