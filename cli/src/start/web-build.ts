import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { REPOSITORY } from './run-file.ts';
import { StartError } from './start-error.ts';

export type WebBuildOptions = {
  /** Told in one line when a build begins. */
  readonly say: (line: string) => void;
  /** Aborting it ends a build that runs, with web/dist as it was. */
  readonly signal?: AbortSignal;
  readonly repository?: string;
};

/** Its content is the hash of what this build was made from. */
const BUILT_FROM = '.built-from';
const BUILD_DEADLINE_MS = 300_000;
const COMPRESSED = new Set(['.js', '.css', '.html', '.svg', '.json']);

/**
 * Builds the web client into web/dist when that is missing or was made from something else than what is there now, and
 * says whether it had to. A build is made beside web/dist and put in its place whole, so repeating it is safe at any time,
 * also while a gateway serves it and while others build: the last one stays. Resolves with false when it was aborted;
 * rejects with StartError, with web/dist as it was, when the client cannot be built.
 */
export async function buildWebClient({
  say,
  signal,
  repository = REPOSITORY,
}: WebBuildOptions): Promise<boolean> {
  const web = join(repository, 'web');
  const dist = join(web, 'dist');
  const sources = hashOfSources(repository);
  if ((await readFile(join(dist, BUILT_FROM), 'utf8').catch(() => '')) === sources) return false;
  say('Building the web client …');
  await removeLeftovers(web);
  const unfinished = join(web, `dist.${randomUUID()}`);
  await mkdir(unfinished);
  try {
    await runVite(web, unfinished, signal);
    await compress(unfinished);
    await writeFile(join(unfinished, BUILT_FROM), sources);
    if (signal?.aborted) return false;
    await putInPlace(unfinished, dist);
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Of everything that a build is made from: the client's own files, the API's schema, the dependencies, and this program. */
function hashOfSources(repository: string): string {
  const shared = ['gateway/api.graphql', 'package-lock.json', 'tsconfig.json'];
  const files = [...filesIn(join(repository, 'web')), ...shared.map((file) => join(repository, file))];
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const file of files.filter((one) => existsSync(one)).sort()) {
    const content = readFileSync(file);
    hash.update(`\n${relative(repository, file)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return /^(node_modules|dist(\..*)?)$/.test(entry.name) ? [] : filesIn(path);
  });
}

/** What builds that were killed have left; one that still runs is younger. */
async function removeLeftovers(web: string): Promise<void> {
  for (const name of (await readdir(web)).filter((entry) => entry.startsWith('dist.'))) {
    const folder = join(web, name);
    const madeAtMs = (await stat(folder).catch(() => null))?.mtimeMs ?? Date.now();
    if (Date.now() - madeAtMs > 2 * BUILD_DEADLINE_MS) await rm(folder, { recursive: true, force: true });
  }
}

async function runVite(web: string, outDir: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    const vite = createRequire(join(web, 'package.json')).resolve('vite/package.json');
    const program = join(dirname(vite), 'bin', 'vite.js');
    await promisify(execFile)(process.execPath, [program, 'build', '--outDir', outDir], {
      cwd: web,
      // A client for production, whatever this process is for.
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
      timeout: BUILD_DEADLINE_MS,
      maxBuffer: 16 * 1024 * 1024,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    throw new StartError(`The web client could not be built:\n${lastWords(cause as Error)}`, { cause });
  }
}

function lastWords(failure: Error & { readonly stdout?: string; readonly stderr?: string }): string {
  const said = `${failure.stdout ?? ''}\n${failure.stderr ?? ''}`.trim() || failure.message;
  const lines = stripVTControlCharacters(said).split('\n');
  return lines
    .filter((line) => !/^ +at /.test(line))
    .slice(-20)
    .join('\n');
}

/** Once here, rather than at every request. */
async function compress(folder: string): Promise<void> {
  const files = filesIn(folder).filter((file) => COMPRESSED.has(extname(file)));
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
      await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
    }),
  );
}

/** A folder cannot be renamed onto another, so there is none for a moment; and a rival may put its own there meanwhile. */
async function putInPlace(unfinished: string, dist: string): Promise<void> {
  const aside = `${unfinished}.old`;
  for (let attempt = 1; ; attempt += 1) {
    await rename(dist, aside).catch(unless('ENOENT'));
    try {
      return await rename(unfinished, dist);
    } catch (error) {
      if (attempt === 10) throw error;
      unless('ENOTEMPTY', 'EEXIST')(error);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }
}

const unless =
  (...codes: readonly string[]) =>
  (error: unknown): void => {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  };
