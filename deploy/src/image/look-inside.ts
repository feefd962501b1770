import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { findPackageJSON, isBuiltin } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getHeapStatistics } from 'node:v8';

/** Runs inside a container of the image, given to Node as its input, and prints what it finds there as JSON: a `Finding`. */
export interface Finding {
  /** `Uid`, `Gid`, `CapEff`, `NoNewPrivs`, `Seccomp` of /proc/self/status, as they stand there. */
  readonly status: Readonly<Record<string, string>>;
  readonly heapLimitBytes: number;
  /** How many folders a file was tried to be made in, and in which that succeeded. */
  readonly triedFolders: number;
  readonly writtenFolders: readonly string[];
  /** Files and folders that the user's rights would let be changed, were the file system writable. */
  readonly changeable: readonly string[];
  readonly notRoots: readonly string[];
  /** Files and folders of all the image that are named like settings, secrets or history. */
  readonly unwanted: readonly string[];
  /** Packages that npm installed, as `name@version`, and those of them that npm marks as wanted by developers only. */
  readonly packages: readonly string[];
  readonly devPackages: readonly string[];
  readonly programs: readonly string[];
  /** Imports of sources by path, and those of them that lead to no file. */
  readonly imports: number;
  readonly brokenImports: readonly string[];
  readonly bytes: Readonly<Record<'node' | 'dependencies' | 'web' | 'sources' | 'system', number>>;
}

/** Not of the image: the kernel's, and what an engine puts there. */
const OTHERS = new Set(['/proc', '/sys', '/dev', '/run/secrets']);
const UNWANTED =
  /^\.(env.*|git|npmrc|holdfast)$|^(npmrc|authorities|secrets)$|\.pem$|^id_(rsa|ed25519)|\.test\.ts$/;
const PROGRAMS = new Set(['npm', 'npx', 'corepack', 'yarn', 'yarnpkg']);

const everything = [...under('/')];
const folders = everything.filter(({ isFolder }) => isFolder).map(({ path }) => path);
const status = readFileSync('/proc/self/status', 'utf8');
const field = (name: string): [string, string] => [
  name,
  new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)![1]!.replaceAll('\t', ' '),
];
const installed = Object.entries(
  (
    JSON.parse(readFileSync('/app/node_modules/.package-lock.json', 'utf8')) as {
      packages: Record<string, { version?: string; dev?: boolean; link?: boolean }>;
    }
  ).packages,
).filter(([place, { link }]) => place.includes('node_modules/') && !link);
const nameOf = ([place, { version }]: (typeof installed)[number]): string =>
  `${place.replace(/^.*node_modules\//, '')}@${version}`;

const IMPORT = /^(?:import|export)\b[^;']* from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
const imports = everything
  .filter(({ path }) => path.endsWith('.ts') && !path.includes('/node_modules/'))
  .flatMap(({ path }) =>
    [...sourceThatRuns(path).matchAll(IMPORT)].map(([, ...found]) => [path, found.find(Boolean)!] as const),
  );

const finding: Finding = {
  status: Object.fromEntries(['Uid', 'Gid', 'CapEff', 'NoNewPrivs', 'Seccomp'].map(field)),
  heapLimitBytes: getHeapStatistics().heap_size_limit,
  triedFolders: folders.length,
  writtenFolders: folders.filter(canWriteInto),
  changeable: everything.map(({ path }) => path).filter(mayBeChanged),
  notRoots: everything.filter(({ path }) => lstatSync(path).uid !== 0).map(({ path }) => path),
  // Of a package, what it ships is its own affair.
  unwanted: everything
    .filter(({ path, name }) => UNWANTED.test(name) && !path.startsWith('/app/node_modules/'))
    .map(({ path }) => path),
  packages: installed.map(nameOf),
  devPackages: installed.filter(([, { dev }]) => dev).map(nameOf),
  programs: everything.filter(({ name }) => PROGRAMS.has(name)).map(({ path }) => path),
  imports: imports.length,
  brokenImports: imports.filter((one) => !isThere(...one)).map(([path, what]) => `${path} imports ${what}`),
  bytes: {
    node: bytesOf((path) => path === '/usr/local/bin/node'),
    dependencies: bytesOf((path) => path.includes('/node_modules/')),
    web: bytesOf((path) => path.startsWith('/app/web/')),
    sources: bytesOf((path) => /^\/app\/(?!web\/)/.test(path) && !path.includes('/node_modules/')),
    system: bytesOf((path) => !path.startsWith('/app/') && path !== '/usr/local/bin/node'),
  },
};
console.log(JSON.stringify(finding));

/** Without what is there for types only. */
function sourceThatRuns(path: string): string {
  return readFileSync(path, 'utf8').replaceAll(/^(import|export) type [^;]*;/gm, '');
}

function isThere(importer: string, specifier: string): boolean {
  if (specifier.startsWith('.')) return existsSync(join(importer, '..', specifier));
  if (isBuiltin(specifier)) return true;
  try {
    return findPackageJSON(specifier, pathToFileURL(importer)) !== undefined;
  } catch {
    return false;
  }
}

function* under(folder: string): Generator<{ path: string; name: string; isFolder: boolean; bytes: number }> {
  for (const entry of readdirSafely(folder)) {
    const path = join(folder, entry.name);
    if (OTHERS.has(path)) continue;
    const isFolder = entry.isDirectory();
    yield { path, name: entry.name, isFolder, bytes: entry.isFile() ? lstatSync(path).size : 0 };
    if (isFolder) yield* under(path);
  }
}

/** Nothing for a folder that its user may not read, such as /root. */
function readdirSafely(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function canWriteInto(folder: string): boolean {
  const file = join(folder, 'written-by-a-test');
  try {
    writeFileSync(file, '');
    rmSync(file);
    return true;
  } catch {
    return false;
  }
}

function mayBeChanged(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return !lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

function bytesOf(isPart: (path: string) => boolean): number {
  return everything.filter(({ path }) => isPart(path)).reduce((sum, { bytes }) => sum + bytes, 0);
}
