import { nameOf, type Manifest } from './manifest.ts';

export type Change = (manifests: readonly Manifest[]) => readonly Manifest[];

/** Leaves out the objects whose name, such as `Secret/nats-tls`, begins so. */
export const without =
  (name: string): Change =>
  (manifests) =>
    manifests.filter((one) => !nameOf(one).startsWith(name));

/**
 * Gives what `path` leads to in the first object whose name begins so another value, or takes it away. In a list a number
 * or `name=…` chooses. The change throws when there is no such thing, so that none goes unseen.
 */
export const changed =
  (name: string, path: string, value?: unknown): Change =>
  (manifests) =>
    change(manifests, name, path, value);

/** Replaces a piece of a text in a ConfigMap. */
export const replaced =
  (name: string, key: string, from: string, to: string): Change =>
  (manifests) => {
    const found = manifests.find((one) => nameOf(one).startsWith(name));
    const text = ((found?.['data'] ?? {}) as Record<string, string>)[key] ?? '';
    if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
    return change(
      manifests,
      name,
      `data/${key}`,
      text.replace(from, () => to),
    );
  };

function change(manifests: readonly Manifest[], name: string, path: string, value?: unknown): Manifest[] {
  const copy = structuredClone(manifests) as Manifest[];
  const found = copy.find((one) => nameOf(one).startsWith(name));
  if (found === undefined) throw new Error(`there is no ${name}`);
  const steps = path.split('/');
  const last = steps.pop()!;
  const at = (node: unknown, step: string): string | number =>
    Array.isArray(node)
      ? step.includes('=')
        ? node.findIndex((one: { name?: string }) => one.name === step.split('=')[1])
        : Number(step)
      : step;
  const parent = steps.reduce<unknown>(
    (node, step) => (node as Record<string, unknown>)[at(node, step)],
    found,
  ) as Record<string, unknown>;
  const key = at(parent, last);
  if (parent[key] === undefined) throw new Error(`${name} has no ${path}`);
  if (value !== undefined) parent[key] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return copy;
}
