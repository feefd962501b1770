import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, printSchema } from 'graphql';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The schemas that make the supergraph; the addresses are placeholders, the gateway is told the real ones when it starts. */
const subgraphs = [
  {
    name: 'orders',
    url: 'http://orders.invalid/graphql',
    file: fromHere('../../subgraphs/orders/schema.graphql'),
  },
  {
    name: 'inventory',
    url: 'http://inventory.invalid/graphql',
    file: fromHere('../../subgraphs/inventory/schema.graphql'),
  },
  { name: 'live', url: 'http://live.invalid/graphql', file: fromHere('../live.graphql') },
];
const names = subgraphs.map(({ name }) => name).join(', ');

/** The supergraph, which the gateway runs, and the schema that clients see of it. */
async function compose(): Promise<Readonly<Record<string, string>>> {
  const services = await Promise.all(
    subgraphs.map(async ({ name, url, file }) => ({
      name,
      url,
      typeDefs: parse(await readFile(file, 'utf8')),
    })),
  );
  const result = composeServices(services);
  if (result.errors) throw new Error(result.errors.map((error) => error.message).join('\n'));
  const apiSchema = Supergraph.build(result.supergraphSdl).apiSchema().toGraphQLJSSchema();
  const origin = `# Composed by scripts/compose.ts from the subgraphs' schemas: change those, and compose again.\n`;
  return {
    'supergraph.graphql': `${origin}${result.supergraphSdl}\n`,
    'api.graphql': `${origin}${printSchema(apiSchema)}\n`,
  };
}

try {
  for (const [name, composed] of Object.entries(await compose())) {
    const file = fromHere(`../${name}`);
    if (!process.argv.includes('--check')) {
      await writeFile(file, composed);
      console.log(`${name} composed from ${names}`);
    } else if (composed !== (await readFile(file, 'utf8').catch(() => ''))) {
      console.error(`gateway/${name} is stale: run \`npm run compose -w @holdfast/gateway\``);
      process.exitCode = 1;
    } else {
      console.log(`${name} is what ${names} compose to`);
    }
  }
} catch (error) {
  console.error(`The supergraph does not compose:\n${(error as Error).message}`);
  process.exitCode = 1;
}
