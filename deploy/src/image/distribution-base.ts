import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '@holdfast/servers';
import type { BaseImages } from './base-images.ts';
import type { ContainerEngine } from './container-engine.ts';
import { REPOSITORY, repositoryPackage } from './repository.ts';

const NODE_PACKAGE = join(REPOSITORY, 'node_modules', 'node');
/** What Node's program is linked with, and the files that say which distribution this is. */
const RUNTIME_PACKAGES = ['base-files', 'libc6', 'libgcc-s1', 'libstdc++6'];
/** What the Dockerfile's own commands need. */
const COMMANDS = ['sh', 'env', 'find', 'rm', 'chmod'];

const DOCKERFILE = `FROM scratch AS runtime
COPY runtime /
FROM runtime AS node
COPY node /
`;

export interface DistributionBase extends BaseImages {
  /** Made now, rather than found as an earlier call had left it. */
  readonly isNew: boolean;
}

/**
 * Makes both base images without any image registry: packages of this machine's Debian or Ubuntu, unpacked and not installed, with Node
 * from node_modules and npm from its package. As small as can be, and for this machine: not to be published. Their tags name what
 * they are made of, so that the same ones are made once. Rejects with CommandFailedError, for one where there is no apt.
 */
export async function makeDistributionBase(
  engine: ContainerEngine,
  folder: string,
): Promise<DistributionBase> {
  const identity = await identityOfParts();
  const images = {
    runtime: `localhost/holdfast-base:runtime-${identity}`,
    node: `localhost/holdfast-base:node-${identity}`,
  };
  const areHere = await Promise.all(
    Object.values(images).map(
      async (image) => (await engine.run(['images', '--quiet', image])).trim() !== '',
    ),
  ).catch(() => [false]);
  if (areHere.every(Boolean)) return { ...images, origin: 'distribution', isNew: false };
  await fillRuntime(folder);
  await fillNode(folder);
  await writeFile(join(folder, 'Dockerfile'), DOCKERFILE);
  for (const stage of ['runtime', 'node'] as const) {
    await engine.run(['build', '--target', stage, '--tag', images[stage], folder], { timeoutMs: 180_000 });
  }
  return { ...images, origin: 'distribution', isNew: true };
}

/** A hash of the versions of all parts, and of how this file puts them together. */
async function identityOfParts(): Promise<string> {
  const packages = await apt(['--print-uris', 'download', ...RUNTIME_PACKAGES, 'busybox-static']);
  const hash = createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .update(packages);
  hash.update(readFileSync(join(NODE_PACKAGE, 'package.json'))).update(repositoryPackage.packageManager);
  return hash.digest('hex').slice(0, 12);
}

async function fillRuntime(folder: string): Promise<void> {
  const root = join(folder, 'runtime');
  await mkdir(join(root, 'var', 'lib', 'dpkg', 'status.d'), { recursive: true });
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(root, 'usr', name), { recursive: true });
    await symlink(join('usr', name), join(root, name));
  }
  for (const archive of await download(folder, RUNTIME_PACKAGES)) {
    await unpack(archive, root);
    // Where scanners look for what an image without dpkg holds.
    const control = await runCommand('dpkg-deb', ['--field', archive]);
    const name = /^Package: (.*)$/m.exec(control)![1]!;
    await writeFile(join(root, 'var', 'lib', 'dpkg', 'status.d', name), control);
  }
}

async function fillNode(folder: string): Promise<void> {
  const root = join(folder, 'node');
  const local = join(root, 'usr', 'local');
  const npm = join(local, 'lib', 'node_modules', 'npm');
  await mkdir(npm, { recursive: true });
  await mkdir(join(local, 'bin'));
  await cp(join(NODE_PACKAGE, 'bin', 'node'), join(local, 'bin', 'node'));
  const pack = ['pack', '--silent', repositoryPackage.packageManager, '--pack-destination', folder];
  const archive = (await runCommand('npm', pack, { cwd: REPOSITORY })).trim().split('\n').at(-1)!;
  await runCommand('tar', ['-xzf', join(folder, archive), '--strip-components=1', '-C', npm]);
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin', 'npm'));
  const [busybox] = await download(join(folder, 'busybox'), ['busybox-static']);
  await runCommand('dpkg-deb', ['--extract', busybox!, join(folder, 'busybox')]);
  const bin = join(root, 'usr', 'bin');
  await mkdir(bin);
  await cp(await busyboxIn(join(folder, 'busybox')), join(bin, 'busybox'));
  for (const command of COMMANDS) await symlink('busybox', join(bin, command));
}

/** Newer releases have it under /usr. */
async function busyboxIn(folder: string): Promise<string> {
  return join(folder, (await readdir(folder)).includes('bin') ? '' : 'usr', 'bin', 'busybox');
}

/** Gives the paths of the archives. */
async function download(folder: string, packages: readonly string[]): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  await apt(['download', ...packages], folder);
  return (await readdir(folder)).filter((name) => name.endsWith('.deb')).map((name) => join(folder, name));
}

/** It checks signatures as ever; not as its own user, who could not write into the folder. */
const apt = (args: readonly string[], folder = '.'): Promise<string> =>
  runCommand('apt-get', ['-qq', '--option', 'APT::Sandbox::User=root', ...args], {
    cwd: folder,
    timeout: 120_000,
  });

/** Into a root whose /lib, /bin and the like are links into /usr, which stay. */
async function unpack(archive: string, root: string): Promise<void> {
  const tar = `${archive}.tar`;
  await runCommand('sh', ['-c', 'dpkg-deb --fsys-tarfile "$1" > "$2"', 'unpack', archive, tar]);
  await runCommand('tar', ['-xf', tar, '--keep-directory-symlink', '-C', root]);
}
