import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloGateway } from '@apollo/gateway';
import type { Logger } from '@holdfast/service';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { admitting, type Admission } from './access/admission.ts';
import type { ViewerContext } from './access/viewer.ts';
import { limitRules, limits } from './limits.ts';
import { maskError } from './masking.ts';
import type { SubgraphClient } from './subgraph-client.ts';

export interface GraphqlHttpOptions {
  readonly supergraphSdl: string;
  readonly subgraphs: readonly SubgraphClient[];
  readonly admission: Admission;
  /** Whether clients may ask what the schema is; otherwise refusals do not tell of it either. */
  readonly hasIntrospection: boolean;
  readonly log: Logger;
}

/** Queries and mutations over HTTP: Apollo Server in front of the subgraphs of the supergraph. */
export async function startGraphqlHttp({
  supergraphSdl,
  subgraphs,
  admission,
  hasIntrospection,
  log,
}: GraphqlHttpOptions): Promise<ApolloServer<ViewerContext>> {
  // Read when the gateway is made; it would report its start to its maker's servers.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: log,
    buildService: ({ name }) =>
      subgraphs.find((subgraph) => subgraph.name === name) ?? {
        process: () => Promise.reject(new Error(`${name} is no service that answers requests`)),
      },
  });
  const apollo = new ApolloServer<ViewerContext>({
    gateway,
    logger: log,
    introspection: hasIntrospection,
    hideSchemaDetailsFromClientErrors: !hasIntrospection,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [...limitRules],
    formatError: (formatted, error) => maskError(formatted, log, error),
    plugins: [ApolloServerPluginLandingPageDisabled(), refuseSubscriptions, admitting(admission)],
  });
  await apollo.start();
  return apollo;
}

const refuseSubscriptions: ApolloServerPlugin<ViewerContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return;
      throw new GraphQLError(
        'Subscriptions travel over WebSocket (graphql-transport-ws) or server-sent events (accept: text/event-stream)',
        { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
      );
    },
  }),
};
