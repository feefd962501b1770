import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository } from '../world/service-replica.ts';
import { linkModules } from './lay-out-release.ts';
import { neededPackages, needTheSame, type Lock } from './needed-packages.ts';

const workspace = (resolved: string) => ({ link: true, resolved });
const aLock = (changes: Lock['packages'] = {}): Lock => ({
  packages: {
    gateway: { dependencies: { '@holdfast/service': '1', cache: '2' } },
    'subgraphs/orders': { dependencies: { '@holdfast/service': '1' } },
    'subgraphs/inventory': { dependencies: { cache: '1' } },
    service: { dependencies: { web: '1' }, peerDependencies: { absent: '1' } },
    tool: { dependencies: { toolbox: '1' } },
    'node_modules/@holdfast/service': workspace('service'),
    'node_modules/@holdfast/orders': workspace('subgraphs/orders'),
    'node_modules/cache': { version: '1' },
    'gateway/node_modules/cache': { version: '2' },
    'node_modules/web': { version: '1', dependencies: { deep: '1' } },
    'node_modules/web/node_modules/deep': { version: '1' },
    'node_modules/toolbox': { version: '1' },
    ...changes,
  },
});

let here: string;
let earlier: string;
beforeEach(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-modules-')));
  [here, earlier] = [join(folder, 'here'), join(folder, 'earlier')];
});
afterEach(() => rmSync(dirname(here), { recursive: true }));

function writePackage(folder: string, place: string): void {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, 'index.js'), '');
}

it('what services need is found through workspaces, as Node finds it, and nothing else is', () => {
  expect([...neededPackages(aLock()).keys()].toSorted()).toEqual([
    'gateway/node_modules/cache',
    'node_modules/cache',
    'node_modules/web',
    'node_modules/web/node_modules/deep',
  ]);
});

it('only a change in what services need makes them need something else', () => {
  const changed = { version: '3' };
  expect(needTheSame(aLock(), aLock({ 'node_modules/toolbox': changed }))).toBe(true);
  expect(needTheSame(aLock(), aLock({ 'node_modules/web/node_modules/deep': changed }))).toBe(false);
  expect(needTheSame(aLock(), aLock({ 'service/node_modules/web': { version: '1' } }))).toBe(false);
});

it('sources of the earlier release find its own workspaces, and the packages that are here', () => {
  const lock = aLock();
  for (const place of ['node_modules/cache', 'gateway/node_modules/cache', 'node_modules/web']) {
    writePackage(here, place);
  }
  writePackage(here, 'node_modules/web/node_modules/deep');
  for (const folder of [here, earlier])
    for (const place of ['service', 'subgraphs/orders', 'gateway']) writePackage(folder, place);
  linkModules(lock, here, earlier);

  const foundFrom = (file: string, name: string): string =>
    createRequire(join(earlier, file)).resolve(name).replace('/index.js', '');
  expect(foundFrom('gateway/index.js', '@holdfast/service')).toBe(join(earlier, 'service'));
  expect(foundFrom('gateway/index.js', '@holdfast/orders')).toBe(join(earlier, 'subgraphs/orders'));
  expect(foundFrom('gateway/index.js', 'cache')).toBe(join(here, 'gateway/node_modules/cache'));
  expect(foundFrom('service/index.js', 'cache')).toBe(join(here, 'node_modules/cache'));
  expect(foundFrom('service/index.js', 'web')).toBe(join(here, 'node_modules/web'));
});

it('every package that a service of this version names is among those that it needs', () => {
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as Lock;
  const needed = neededPackages(lock);
  const named = ['gateway', 'subgraphs/orders', 'subgraphs/inventory', 'messaging', 'service'].flatMap(
    (place) =>
      Object.keys(lock.packages[place]?.dependencies ?? {})
        .filter((name) => !name.startsWith('@holdfast/'))
        .map((name) => [`${place}/node_modules/${name}`, `node_modules/${name}`]),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((places) => !places.some((place) => needed.has(place)))).toEqual([]);
});
