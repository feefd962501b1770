/** What is read of a package-lock.json: places such as `node_modules/pg` and `gateway/node_modules/lru-cache`. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  /** A workspace: then `resolved` is its folder. */
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Whose programs run. */
const services = ['gateway', 'subgraphs/orders', 'subgraphs/inventory'];

/**
 * The packages that the services need, theirs and those of packages and workspaces that they need: by place, the exact
 * content. Workspaces themselves are not among them.
 */
export function neededPackages(lock: Lock): ReadonlyMap<string, string> {
  const needed = new Map<string, string>();
  const seen = new Set<string>();
  const waiting = [...services];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (seen.has(place)) continue;
    seen.add(place);
    const { link, resolved, ...found } = lock.packages[place] ?? {};
    if (link === true) {
      waiting.push(resolved!);
      continue;
    }
    if (place.includes('node_modules/')) needed.set(place, `${found.version} ${found.integrity}`);
    const names = { ...found.peerDependencies, ...found.optionalDependencies, ...found.dependencies };
    for (const name of Object.keys(names)) {
      const dependency = resolve(lock, place, name);
      if (dependency !== null) waiting.push(dependency);
    }
  }
  return needed;
}

/** Whether the services of both find the same packages at the same places. */
export function needTheSame(one: Lock, other: Lock): boolean {
  const [ones, others] = [neededPackages(one), neededPackages(other)];
  return ones.size === others.size && [...ones].every(([place, content]) => others.get(place) === content);
}

/** As Node looks for it, from the package outwards; null where it is optional and not there. */
function resolve({ packages }: Lock, place: string, name: string): string | null {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const candidate = `${folder}${folder === '' ? '' : '/'}node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (folder === '') return null;
  }
}
