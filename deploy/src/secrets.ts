import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { developmentKeyFile } from '@holdfast/cli/development-key';
import { makeLocalSecrets } from './secrets/local-secrets.ts';

/** `npm run k8s:secrets [-- --renew]`: what the local overlay needs and Git must not have. */
const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'deploy', 'k8s', 'overlays', 'local', 'secrets');

try {
  const { values } = parseArgs({ options: { renew: { type: 'boolean', default: false } } });
  const outcomes = await makeLocalSecrets({
    folder,
    tokenKeyFile: developmentKeyFile(process.env['HOLDFAST_DATA'] || join(root, '.holdfast')),
    renew: values.renew,
  });
  const count = (outcome: string) => outcomes.filter((one) => one.outcome === outcome).length;
  for (const { file, outcome } of outcomes) if (outcome !== 'kept') console.log(`${outcome}: ${file}`);
  console.log(
    `${relative(process.cwd(), folder) || '.'}: ${count('made')} made, ${count('renewed')} renewed, ${count('kept')} kept. For this machine only, never for production.`,
  );
  if (count('renewed') > 0) {
    console.log(
      'PostgreSQL takes passwords when its volume is first filled: after a renewal delete its claim, and its data with it (kubectl -n holdfast delete statefulset/postgres pvc/data-postgres-0).',
    );
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
