import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@holdfast/servers';
import { namedBaseImages, whyNotToBePulled, type BaseImages } from './base-images.ts';
import type { ContainerEngine } from './container-engine.ts';
import { makeDistributionBase, type DistributionBase } from './distribution-base.ts';
import { writeNpmSecrets } from './npm-configuration.ts';
import { REPOSITORY, repositoryPackage } from './repository.ts';

/** `auto`: the images that the Dockerfile names where they can be pulled, else ones made from this machine's distribution. */
export type BaseChoice = 'auto' | BaseImages['origin'];

export interface BuildOptions {
  readonly tag: string;
  readonly base: BaseChoice;
  /** Keep each step's layer: the next build is faster, and layers are shared between images. Without, only the image is left. */
  readonly keepsLayers: boolean;
  /** Told in one line each, what takes long and which base was taken. */
  readonly say: (line: string) => void;
}

/** Builds the Dockerfile of the repository as it is on disk, and gives the base that it stands on. Rejects with CommandFailedError. */
export async function buildImage(engine: ContainerEngine, options: BuildOptions): Promise<BaseImages> {
  const { tag, keepsLayers, say } = options;
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-image-'));
  let bases: BaseImages | DistributionBase | undefined;
  try {
    bases = await chooseBase(engine, folder, options);
    const secrets = await writeNpmSecrets(folder);
    say(`Building ${tag} with ${engine.name} …`);
    const begunAt = performance.now();
    const build = [
      'build',
      ...(engine.name === 'docker' ? [] : buildahOptions(keepsLayers)),
      '--network=host', // npm then reaches what this machine reaches, by the same names.
      `--secret=id=npmrc,src=${secrets.npmrc}`,
      `--secret=id=authorities,src=${secrets.authorities}`,
      `--build-arg=NODE_IMAGE=${bases.node}`,
      `--build-arg=RUNTIME_IMAGE=${bases.runtime}`,
      `--build-arg=VERSION=${repositoryPackage.version}`,
      `--build-arg=REVISION=${await revision()}`,
      `--tag=${tag}`,
      REPOSITORY,
    ];
    await (keepsLayers ? engine.show(build) : engine.run(build, { timeoutMs: 900_000 }));
    const size = (await engine.run(['images', '--format', '{{.Size}}', tag])).trim();
    say(`Built ${tag} in ${((performance.now() - begunAt) / 1_000).toFixed()} s: ${size}`);
    return bases;
  } finally {
    if (!keepsLayers && bases && 'isNew' in bases && bases.isNew) {
      await engine.run(['rmi', bases.node, bases.runtime]);
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function chooseBase(
  engine: ContainerEngine,
  folder: string,
  { base, say }: BuildOptions,
): Promise<BaseImages | DistributionBase> {
  const named = namedBaseImages();
  const obstacle = base === 'distribution' ? 'as asked' : await whyNotToBePulled(engine, named);
  if (obstacle === null || base === 'registry') {
    say(`Base: ${named.node} and ${named.runtime}`);
    return named;
  }
  say(`Base: made from packages of this machine's distribution, not to be published (${obstacle})`);
  return makeDistributionBase(engine, join(folder, 'base'));
}

/** Builds of podman and buildah: stages side by side, and steps in a chroot, which needs fewer rights than a container. */
const buildahOptions = (keepsLayers: boolean): readonly string[] => [
  '--isolation=chroot',
  '--jobs=2',
  `--layers=${keepsLayers}`,
];

/** The commit, marked when the files on disk are not what it holds; `unknown` outside a git checkout. */
async function revision(): Promise<string> {
  const git = (...args: string[]) => runCommand('git', args, { cwd: REPOSITORY });
  try {
    const commit = (await git('rev-parse', 'HEAD')).trim();
    return (await git('status', '--porcelain')).trim() === '' ? commit : `${commit}-modified`;
  } catch {
    return 'unknown';
  }
}
