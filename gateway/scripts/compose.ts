import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

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
const supergraphFile = fromHere('../supergraph.graphql');

async function compose(): Promise<string> {
  const services = await Promise.all(
    subgraphs.map(async ({ name, url, file }) => ({
      name,
      url,
      typeDefs: parse(await readFile(file, 'utf8')),
    })),
  );
  const result = composeServices(services);
  if (result.errors) throw new Error(result.errors.map((error) => error.message).join('\n'));
  return `# Composed by scripts/compose.ts from the subgraphs' schemas: change those, and compose again.\n${result.supergraphSdl}\n`;
}

try {
  const composed = await compose();
  if (!process.argv.includes('--check')) {
    await writeFile(supergraphFile, composed);
    console.log(`supergraph.graphql composed from ${subgraphs.map(({ name }) => name).join(', ')}`);
  } else if (composed !== (await readFile(supergraphFile, 'utf8').catch(() => ''))) {
    console.error('gateway/supergraph.graphql is stale: run `npm run compose -w @holdfast/gateway`');
    process.exitCode = 1;
  } else {
    console.log(`supergraph.graphql is what ${subgraphs.map(({ name }) => name).join(', ')} compose to`);
  }
} catch (error) {
  console.error(`The supergraph does not compose:\n${(error as Error).message}`);
  process.exitCode = 1;
}
