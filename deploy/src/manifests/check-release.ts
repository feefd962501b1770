import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryOf } from './check-settings.ts';
import type { Manifest } from './manifest.ts';
import { repository } from './processes.ts';
import { row, type Row } from './row.ts';
import { workloadsOf } from './workloads.ts';

/** Images are pinned, all of Holdfast's are one, and Jobs carry the version of this repository in their names. */
export function checkRelease(manifests: readonly Manifest[]): readonly Row[] {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string;
  };
  const suffix = `-${version.replaceAll('.', '-')}`;
  const workloads = workloadsOf(manifests);
  const containers = workloads.flatMap(({ name, pod }) =>
    pod.containers.map((container) => ({ name, container })),
  );
  const own = containers.find(({ container }) => entryOf(container) !== null)?.container.image;
  return [
    ...containers.map(({ name, container: { image } }) =>
      row(
        `${name} runs ${image}`,
        /(:(?!latest$)[\w.-]+|@sha256:[0-9a-f]{64})$/.test(image),
        'any version may run',
      ),
    ),
    ...containers
      .filter(({ container }) => entryOf(container) !== null)
      .map(({ name, container: { image } }) =>
        row(`${name} runs the image of the others`, image === own, `${image} and ${own}`),
      ),
    ...workloads
      .filter(({ manifest }) => manifest.kind === 'Job')
      .map(({ name }) =>
        row(`${name} is of ${version}`, name.endsWith(suffix), `its name does not end with ${suffix}`),
      ),
  ];
}
