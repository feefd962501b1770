import { fileURLToPath } from 'node:url';
import type { CodegenConfig } from '@graphql-codegen/cli';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Types of this subgraph's resolvers, from its schema. */
const config: CodegenConfig = {
  schema: here('schema.graphql'),
  generates: {
    [here('src/api/resolver-types.generated.ts')]: {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        enumsAsTypes: true,
        immutableTypes: true,
        useTypeImports: true,
        contextType: './context.ts#OrdersContext',
        scalars: {
          DateTime: { input: 'Date', output: 'Date' },
          Decimal: 'string',
          ID: 'string',
        },
        mappers: {
          Order: '../queries/order-view.ts#OrderView',
          OrderLine: '../queries/order-view.ts#OrderLineView',
          OrderEvent: '../queries/order-events.ts#OrderEventView',
          Product: './product.ts#ProductReference',
          Messaging: '@holdfast/messaging#MessagingStatus',
        },
      },
    },
  },
};

export default config;
