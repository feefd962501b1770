import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { runCommand } from '@holdfast/servers';
import { REPOSITORY } from './repository.ts';

/** Files for the secrets of the same names in the Dockerfile; they reach npm while it installs, and never the image. */
export interface NpmSecrets {
  readonly npmrc: string;
  readonly authorities: string;
}

/** Settings that say where packages come from and who asks; others (a prefix, a cache) are this machine's own affair. */
const ABOUT_REGISTRIES =
  /^\s*(\/\/|@[^:]+:registry|registry|_auth|_authToken|proxy|https-proxy|noproxy|strict-ssl|replace-registry-host)/;

/** Writes what npm on this machine knows of registries, and the authorities it trusts, into `folder`, for this user only. */
export async function writeNpmSecrets(
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<NpmSecrets> {
  const settings = await npmSettings(env);
  const files = await Promise.all([settings.globalconfig, settings.userconfig].map(textOf));
  const lines = files
    .flatMap((text) => text.split('\n'))
    .filter((line) => ABOUT_REGISTRIES.test(line))
    .map((line) => withEnvironment(line, env));
  const authorities = await Promise.all([settings.cafile, env['NODE_EXTRA_CA_CERTS']].map(textOf));
  const secrets = { npmrc: join(folder, 'npmrc'), authorities: join(folder, 'authorities.pem') };
  const registry = `registry=${settings.registry}`; // Last, since the environment may have set it.
  await writeFile(secrets.npmrc, `${[...lines, registry].join('\n')}\n`, { mode: 0o600 });
  await writeFile(secrets.authorities, [...rootCertificates, ...authorities].join('\n'), { mode: 0o600 });
  return secrets;
}

type NpmSettings = Readonly<Record<'registry' | 'cafile' | 'globalconfig' | 'userconfig', string>>;

async function npmSettings(env: NodeJS.ProcessEnv): Promise<NpmSettings> {
  const keys = ['registry', 'cafile', 'globalconfig', 'userconfig'];
  const text = await runCommand('npm', ['config', 'get', ...keys], { cwd: REPOSITORY, env });
  return Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/, 2)),
  ) as NpmSettings;
}

/** The empty text where there is no such file. */
const textOf = async (file: string | undefined): Promise<string> =>
  file ? readFile(file, 'utf8').catch(() => '') : '';

/** As npm reads its files: `${NAME}` is that variable's value where it is set. */
const withEnvironment = (line: string, env: NodeJS.ProcessEnv): string =>
  line.replace(/\$\{([^}]+)\}/g, (whole, name: string) => env[name] ?? whole);
