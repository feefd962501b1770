import type { Manifest } from './manifest.ts';
import type { Container } from './workloads.ts';

/** One variable of a container. */
export interface Variable {
  readonly name: string;
  /** With `$(…)` replaced. Where a Secret is not among the manifests, `Secret NAME KEY` in braces stands in its place. */
  readonly value: string;
}

export interface Environment {
  readonly variables: readonly Variable[];
  /** Those that others take in by `$(…)`. */
  readonly expanded: ReadonlySet<string>;
}

/**
 * What a container finds in its environment: first what `envFrom` brings, then `env`, where later ones win and may take in
 * what came before. What stands for something unknown is left as it is, as Kubernetes does.
 */
export function environmentOf(container: Container, manifests: readonly Manifest[]): Environment {
  const variables = new Map<string, string>();
  const expanded = new Set<string>();
  for (const { configMapRef, secretRef } of container.envFrom) {
    const from = configMapRef
      ? contentOf(manifests, 'ConfigMap', configMapRef.name)
      : contentOf(manifests, 'Secret', secretRef?.name ?? '');
    for (const [name, value] of Object.entries(from ?? {})) variables.set(name, value);
  }
  for (const { name, value, valueFrom } of container.env) {
    const { secretKeyRef, configMapKeyRef, fieldRef } = valueFrom ?? {};
    if (secretKeyRef) variables.set(name, keyOf(manifests, 'Secret', secretKeyRef));
    else if (configMapKeyRef) variables.set(name, keyOf(manifests, 'ConfigMap', configMapKeyRef));
    else if (fieldRef) variables.set(name, `{field ${fieldRef.fieldPath}}`);
    else variables.set(name, expand(value ?? ''));
  }
  function expand(value: string): string {
    return value.replace(/\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g, (whole, name: string) => {
      const known = variables.get(name);
      if (known !== undefined) expanded.add(name);
      return known ?? whole;
    });
  }
  return { variables: [...variables].map(([name, value]) => ({ name, value })), expanded };
}

/** The content of a ConfigMap or Secret by key, as text; null when the manifests do not have it. */
export function contentOf(
  manifests: readonly Manifest[],
  kind: 'ConfigMap' | 'Secret',
  name: string,
): Readonly<Record<string, string>> | null {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) return null;
  const data = (found['data'] ?? {}) as Record<string, string>;
  if (kind === 'ConfigMap') return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

function keyOf(
  manifests: readonly Manifest[],
  kind: 'ConfigMap' | 'Secret',
  { name, key }: { readonly name: string; readonly key: string },
): string {
  return contentOf(manifests, kind, name)?.[key] ?? `{${kind} ${name} ${key}}`;
}
