import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debianFamily } from './debian-family.ts';
import { runCommand } from './run-command.ts';

/** One file of one package, such as `usr/sbin/nats-server` of `nats-server`. */
export type PackagedFile = { readonly packageName: string; readonly path: string };

/**
 * Fetches the distribution's newest package of a name on Debian and Ubuntu, without installing it and without root: a
 * private apt configuration with lists and cache in `workFolder`, the machine's own mirror and its own keyring, so that
 * apt checks the signatures as ever. Gives the path of the unpacked file, or null where there is no apt or no such mirror.
 */
export async function fileFromApt(workFolder: string, wanted: PackagedFile): Promise<string | null> {
  const family = await debianFamily();
  if (family === null) return null;
  const { keyring, suites } = archives[family];
  const mirrors = await mirrorAddresses();
  for (const mirror of mirrors) {
    for (const suite of suites) {
      const file = await fetchFrom(workFolder, `deb [signed-by=${keyring}] ${mirror} ${suite}`, wanted);
      if (file !== null) return file;
    }
  }
  return null;
}

const archives = {
  ubuntu: { keyring: '/usr/share/keyrings/ubuntu-archive-keyring.gpg', suites: ['devel universe'] },
  debian: { keyring: '/usr/share/keyrings/debian-archive-keyring.gpg', suites: ['sid main', 'forky main'] },
};

/** What apt itself knows first; on a machine that never ran `apt-get update`, what its sources say. */
async function mirrorAddresses(): Promise<readonly string[]> {
  const targets = await runCommand('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI)',
    'Created-By: Packages',
  ]).catch(() => '');
  const known = targets.split('\n').filter((line) => /^https?:/.test(line));
  return [...new Set(known.length > 0 ? known : await sourceAddresses())];
}

async function sourceAddresses(): Promise<readonly string[]> {
  const folder = '/etc/apt/sources.list.d';
  const entries = await readdir(folder).catch(() => []);
  const files = entries.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(folder, name));
  const texts = await Promise.all(
    ['/etc/apt/sources.list', ...files].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => /^(deb\s|URIs:)/i.test(line))
    .flatMap((line) => line.match(/https?:\/\/\S+/g) ?? [])
    .filter((address) => !/security/.test(address));
}

async function fetchFrom(
  workFolder: string,
  source: string,
  { packageName, path }: PackagedFile,
): Promise<string | null> {
  const config = join(workFolder, 'apt.conf');
  await mkdir(join(workFolder, 'lists', 'partial'), { recursive: true });
  await mkdir(join(workFolder, 'cache', 'archives', 'partial'), { recursive: true });
  await writeFile(join(workFolder, 'status'), '');
  await writeFile(join(workFolder, 'sources.list'), `${source}\n`);
  await writeFile(config, privateConfiguration(workFolder));
  const apt = (...args: string[]) =>
    runCommand('apt-get', ['-c', config, ...args], { cwd: workFolder, timeout: 180_000 });
  try {
    await apt('update');
    await apt('download', packageName);
    const archive = (await readdir(workFolder)).find(
      (name) => name.startsWith(`${packageName}_`) && name.endsWith('.deb'),
    );
    if (archive === undefined) return null;
    await runCommand('dpkg', ['-x', join(workFolder, archive), join(workFolder, 'unpacked')]);
    return join(workFolder, 'unpacked', path);
  } catch {
    return null; // This mirror does not carry that suite, or cannot be reached: the next one is tried.
  }
}

/** The machine's own apt settings stay (a proxy, for one); what would touch the machine or need root is put elsewhere. */
function privateConfiguration(folder: string): string {
  return `
Dir::State "${folder}";
Dir::State::lists "${folder}/lists";
Dir::State::status "${folder}/status";
Dir::Cache "${folder}/cache";
Dir::Etc::sourcelist "${folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Sandbox::User "root";
Debug::NoLocking "true";
Acquire::Languages "none";
Acquire::Retries "2";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
`;
}
