// Runs before `npm start` and `npm test`, also where nothing is installed yet: Node 20, nothing but what Node brings.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = process.argv[2]
  ? resolve(process.argv[2])
  : resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node ${process.versions.node} is too old: Holdfast needs Node 20 or newer with npm.`);
}
const reason = whyToInstall();
if (reason !== null) {
  console.log(`Installing dependencies (${reason}); the first time this takes a minute or so …`);
  install();
}
if (!existsSync(node)) {
  fail(
    'node_modules/.bin/node is missing: npm did not run the install script of the package `node`. ' +
      'Allow it (`npm install-scripts approve node`, or `npm config set ignore-scripts false`) and run `npm rebuild node`.',
  );
}

/**
 * npm writes into node_modules what it installed there, last of all. It has to name every package of package-lock.json in the same
 * version; only optional ones, for other machines, may be missing.
 */
function whyToInstall() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === null) return null;
  if (installed === null) return 'none are installed';
  for (const [place, entry] of Object.entries(wanted)) {
    const found = installed[place];
    if (!place.includes('node_modules/') || (found === undefined && entry.optional)) continue;
    if (found === undefined) return `${place} is missing`;
    if (found.version !== entry.version || found.integrity !== entry.integrity || found.link !== entry.link) {
      return `${place} is not as package-lock.json says`;
    }
  }
  return null;
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/**
 * By the npm that runs this, on its own Node: the one in node_modules may be replaced. Not `npm ci`, which refuses where a registry
 * does not hold the packages of other systems; without saving, so that package-lock.json stays as it is.
 */
function install() {
  const { npm_execpath: npm, npm_node_execpath: itsNode } = process.env;
  const [command, args] = npm ? [itsNode ?? process.execPath, [npm]] : ['npm', []];
  const { status } = spawnSync(command, [...args, 'install', '--no-save', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, npm_config_loglevel: 'error' },
    shell: !npm && process.platform === 'win32',
  });
  if (status !== 0) fail('npm could not install the dependencies; what stands above says why.');
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
