import { contentOf } from './environment.ts';
import { secretsMadeElsewhere } from './elsewhere.ts';
import { nameOf, type Manifest } from './manifest.ts';
import { row, type Row } from './row.ts';

interface Reference {
  readonly by: string;
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly keys: readonly string[];
}

/** Fields that hold a reference as `{ name, key }`, or as `{ name }`. */
const FIELDS: Readonly<Record<string, Reference['kind']>> = {
  secretRef: 'Secret',
  secretKeyRef: 'Secret',
  passwordSecret: 'Secret',
  accessKeyId: 'Secret',
  secretAccessKey: 'Secret',
  secret: 'Secret',
  certificateRefs: 'Secret',
  configMapRef: 'ConfigMap',
  configMapKeyRef: 'ConfigMap',
  configMap: 'ConfigMap',
};

/** Every Secret and ConfigMap that something refers to is there, key and all, or is known to be made elsewhere. */
export function checkReferences(manifests: readonly Manifest[]): readonly Row[] {
  const references = manifests.flatMap((manifest) => referencesIn(manifest, nameOf(manifest)));
  const referredTo = new Set(references.map(({ kind, name }) => `${kind}/${name}`));
  return [
    ...references.map(({ by, kind, name, keys }) => {
      const present = keysOf(manifests, kind, name);
      const missing = keys.filter((key) => !present?.includes(key));
      return row(
        `${by} refers to ${kind}/${name} ${keys.join(' ')}`.trim(),
        present !== null && missing.length === 0,
        present === null ? 'nobody makes it' : `it has no ${missing.join(', ')}`,
      );
    }),
    ...manifests
      .filter(({ kind }) => kind === 'Secret' || kind === 'ConfigMap')
      // Grafana finds a dashboard by its label.
      .filter(({ metadata }) => metadata.labels?.['grafana_dashboard'] === undefined)
      .map((one) => row(`${nameOf(one)} is of use`, referredTo.has(nameOf(one)), 'nothing refers to it')),
  ];
}

/** A Certificate names the Secret that it makes; everything else names what it needs. */
function referencesIn(node: unknown, by: string): readonly Reference[] {
  if (Array.isArray(node)) return node.flatMap((one) => referencesIn(one, by));
  if (typeof node !== 'object' || node === null) return [];
  const fields = node as Readonly<Record<string, unknown>>;
  const own: Reference[] = [];
  const secretName = fields['secretName'];
  if (typeof secretName === 'string' && !by.startsWith('Certificate/')) {
    own.push({ by, kind: 'Secret', name: secretName, keys: itemKeys(fields) });
  }
  for (const [field, kind] of Object.entries(FIELDS)) {
    for (const value of [fields[field]].flat()) {
      const { name, key } = (value ?? {}) as { readonly name?: unknown; readonly key?: unknown };
      if (typeof name !== 'string') continue;
      own.push({ by, kind, name, keys: typeof key === 'string' ? [key] : itemKeys(value as object) });
    }
  }
  return [...own, ...Object.values(fields).flatMap((one) => referencesIn(one, by))];
}

function itemKeys(volume: object): readonly string[] {
  const { items } = volume as { readonly items?: readonly { readonly key: string }[] };
  return (items ?? []).map(({ key }) => key);
}

function keysOf(
  manifests: readonly Manifest[],
  kind: Reference['kind'],
  name: string,
): readonly string[] | null {
  const content = contentOf(manifests, kind, name);
  if (content !== null) return Object.keys(content);
  if (kind === 'ConfigMap') return null;
  const isCertified = manifests.some(
    (one) => one.kind === 'Certificate' && (one['spec'] as { secretName?: string }).secretName === name,
  );
  if (isCertified) return ['ca.crt', 'tls.crt', 'tls.key'];
  return secretsMadeElsewhere.find((one) => one.name === name)?.keys ?? null;
}
