import { fileURLToPath } from 'node:url';
import type { CodegenConfig } from '@graphql-codegen/cli';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const scalars = { DateTime: 'string', Decimal: 'string', ID: 'string' };

/** Types of what clients see of the API, and of each document beside the component that asks it. */
const config: CodegenConfig = {
  schema: here('../gateway/api.graphql'),
  documents: here('src/**/*.graphql'),
  generates: {
    [here('src/graphql/schema.generated.ts')]: {
      plugins: ['typescript'],
      config: { enumsAsTypes: true, immutableTypes: true, useTypeImports: true, scalars },
    },
    [here('src/')]: {
      preset: 'near-operation-file',
      presetConfig: { extension: '.generated.ts', baseTypesPath: 'graphql/schema.generated.ts' },
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        enumsAsTypes: true,
        immutableTypes: true,
        useTypeImports: true,
        inlineFragmentTypes: 'combine',
        optimizeDocumentNode: true,
        scalars,
      },
    },
  },
};

export default config;
