import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpmSecrets } from './npm-configuration.ts';

describe('the npm configuration that a build is given', () => {
  let folder: string;
  const secretsFor = async (userNpmrc: string, authorities: string) => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-npm-'));
    const file = join(folder, 'user.npmrc');
    await writeFile(file, userNpmrc);
    await writeFile(join(folder, 'own.pem'), authorities);
    return writeNpmSecrets(folder, {
      ...process.env,
      npm_config_userconfig: file,
      npm_config_cafile: join(folder, 'own.pem'),
      PACKAGES_TOKEN: 'secret',
    });
  };
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('says where packages come from and who asks, with variables filled in, and nothing of the folders of this machine', async () => {
    const { npmrc } = await secretsFor(
      [
        'registry=https://packages.example/npm/',
        '@acme:registry=https://acme.example/',
        '//packages.example/npm/:_authToken=${PACKAGES_TOKEN}',
        'prefix=/somewhere',
        'cache=/elsewhere',
      ].join('\n'),
      '',
    );
    const lines = (await readFile(npmrc, 'utf8')).trim().split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '@acme:registry=https://acme.example/',
        '//packages.example/npm/:_authToken=secret',
      ]),
    );
    expect(lines.at(-1)).toMatch(/^registry=https:\/\//);
    expect(lines.filter((line) => /prefix|cache/.test(line))).toEqual([]);
  });

  it('trusts whom Node trusts and, besides, whom npm was told to trust', async () => {
    const { authorities } = await secretsFor('', 'MY OWN AUTHORITY');
    const text = await readFile(authorities, 'utf8');
    expect(text).toContain('MY OWN AUTHORITY');
    expect(text.match(/BEGIN CERTIFICATE/g)!.length).toBeGreaterThan(100);
  });

  it('is for this user alone to read', async () => {
    const secrets = await secretsFor('', '');
    for (const file of Object.values(secrets)) expect((await stat(file)).mode & 0o077).toBe(0);
  });
});
