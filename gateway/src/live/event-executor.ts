import { buildOperationContext, executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { Supergraph } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import type { Logger, Viewer } from '@holdfast/service';
import {
  execute,
  GraphQLError,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { maskError } from '../masking.ts';
import type { SubgraphClient } from '../subgraph-client.ts';
import type { LiveEvent } from './live-source.ts';
import type { PreparedOperation } from './prepared-operation.ts';

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];
type RequestContext = Parameters<typeof executeQueryPlan>[2];
type Variables = Readonly<Record<string, unknown>>;

/** One subscriber's words, as far as they matter to the answer. */
export interface Subscription {
  readonly operation: PreparedOperation;
  readonly variables: Variables;
  readonly viewer: Viewer;
  /** Subscriptions with the same scope get the same answer to the same event. */
  readonly scope: string;
}

export function subscriptionOf(
  operation: PreparedOperation,
  variables: Variables,
  viewer: Viewer,
): Subscription {
  const used = Object.keys(variables)
    .filter((name) => !operation.positionVariables.has(name))
    .sort((one, other) => (one < other ? -1 : 1));
  const scope = JSON.stringify([
    operation.id,
    viewer.customerId,
    viewer.isOperator,
    used.map((name) => [name, variables[name]]),
  ]);
  return { operation, variables, viewer, scope };
}

/**
 * Answers events in the words of subscriptions. What the event holds costs no request; the rest is asked from the
 * subgraphs by the query plan. Subscribers of the same event in the same scope share one execution and its text.
 */
export class EventExecutor {
  readonly #schema: GraphQLSchema;
  readonly #liveSchema: GraphQLSchema;
  readonly #supergraph: Supergraph;
  readonly #supergraphSchema: GraphQLSchema;
  readonly #subgraphs: readonly SubgraphClient[];
  readonly #log: Logger;
  readonly #shared = new WeakMap<object, Map<string, Promise<string>>>();
  #executions = 0;

  constructor(
    schema: GraphQLSchema,
    supergraph: Supergraph,
    subgraphs: readonly SubgraphClient[],
    log: Logger,
  ) {
    this.#schema = schema;
    this.#supergraph = supergraph;
    this.#supergraphSchema = supergraph.schema.toGraphQLJSSchema();
    this.#liveSchema = supergraph.subgraphs().get('live')!.schema.toGraphQLJSSchema();
    this.#subgraphs = subgraphs;
    this.#log = log;
  }

  /** How many answers were worked out, rather than shared. */
  get executions(): number {
    return this.#executions;
  }

  /** The result, as the JSON text of an ExecutionResult. Never rejects for what a subgraph does. */
  answer(subscription: Subscription, event: LiveEvent): Promise<string> {
    const answers = this.#shared.get(event.value) ?? new Map<string, Promise<string>>();
    this.#shared.set(event.value, answers);
    const answer = answers.get(subscription.scope) ?? this.#execute(subscription, event);
    answers.set(subscription.scope, answer);
    return answer;
  }

  async #execute(subscription: Subscription, event: LiveEvent): Promise<string> {
    this.#executions += 1;
    const { plan } = subscription.operation;
    const { data, errors = [] } = plan
      ? await this.#executePlan(plan, subscription, event)
      : this.#executeCovered(subscription, event.value);
    if (errors.length === 0) return JSON.stringify({ data });
    const masked = errors.map((error) => this.#mask(error));
    const isMissing = masked.some(({ extensions }) => extensions?.['code'] === 'SUBGRAPH_UNAVAILABLE');
    const shown = isMissing ? this.#executeCovered(subscription, event.bare).data : data;
    return JSON.stringify({ data: shown ?? null, errors: masked });
  }

  #executeCovered({ operation, variables }: Subscription, value: object): ExecutionResult {
    const { document, operationName, field } = operation;
    return execute({
      schema: this.#schema,
      document,
      operationName,
      variableValues: variables,
      rootValue: { [field]: value },
    }) as ExecutionResult;
  }

  async #executePlan(
    plan: QueryPlan,
    { operation, variables, viewer }: Subscription,
    event: LiveEvent,
  ): Promise<ExecutionResult> {
    const { document, operationName, field } = operation;
    const services = Object.fromEntries(this.#subgraphs.map((subgraph) => [subgraph.name, subgraph]));
    const live: GraphQLDataSource = {
      process: async (options) => ({
        data: this.#answerLive(options, { [field]: event.value }).data ?? null,
      }),
    };
    const request = { request: { variables }, context: { viewer }, metrics: {}, logger: this.#log };
    const context = buildOperationContext({
      schema: this.#schema,
      operationDocument: document,
      ...(operationName === undefined ? {} : { operationName }),
    });
    return executeQueryPlan(
      plan,
      { ...services, live },
      request as unknown as RequestContext,
      context,
      this.#supergraphSchema,
      this.#supergraph.apiSchema(),
    );
  }

  /** The part of a plan that asks the live subgraph is answered by the event. */
  #answerLive(options: ProcessOptions, rootValue: object): ExecutionResult {
    const document = 'document' in options ? options.document : undefined;
    if (!document) throw new Error('The plan holds no document for the live subgraph');
    const variableValues = options.request.variables ?? {};
    return execute({ schema: this.#liveSchema, document, rootValue, variableValues }) as ExecutionResult;
  }

  /** What the gateway's executor collects need not be an instance of GraphQLError. */
  #mask(error: GraphQLError | Error): GraphQLFormattedError {
    return maskError(error instanceof GraphQLError ? error.toJSON() : error, this.#log, error);
  }
}
