import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { nameOf, type Manifest } from './manifest.ts';
import { repository } from './processes.ts';
import { row, type Row } from './row.ts';

/** Metrics of other programs, by how their names begin. */
const MADE_ELSEWHERE: readonly { readonly begins: RegExp; readonly by: string }[] = [
  { begins: /^(gnatsd|jetstream)_/, by: 'prometheus-nats-exporter' },
  { begins: /^(cnpg|pg)_/, by: 'CloudNativePG' },
  { begins: /^barman_cloud_/, by: 'the Barman Cloud plugin' },
  { begins: /^kube_/, by: 'kube-state-metrics' },
  { begins: /^(container|kubelet)_/, by: 'the kubelet' },
  { begins: /^certmanager_/, by: 'cert-manager' },
  { begins: /^keda_/, by: 'KEDA' },
  { begins: /^(up|ALERTS)$/, by: 'Prometheus' },
];

/** Every metric in rules, dashboards and queries is one that the code or a known program makes. */
export function checkMetrics(manifests: readonly Manifest[]): readonly Row[] {
  const known = metricsOfCode();
  return manifests.flatMap((manifest) => {
    const names = new Set(expressionsOf(manifest).flatMap(metricNamesIn));
    return [...names].map((name) =>
      row(
        `${nameOf(manifest)} asks for ${name}`,
        known.has(name.replace(/_(bucket|sum|count)$/, '')) ||
          known.has(name) ||
          MADE_ELSEWHERE.some(({ begins }) => begins.test(name)),
        'nobody makes it',
      ),
    );
  });
}

/** Names that stand in the sources of the services, and those that prom-client gives every process. */
export function metricsOfCode(): ReadonlySet<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const sources = globSync('{service,messaging,gateway,subgraphs/*}/src/**/*.ts', {
    cwd: repository,
    exclude: (name) => /\.test\.ts$|testing|workbench|node_modules/.test(name),
  });
  const own = sources.flatMap((file) =>
    [...readFileSync(join(repository, file), 'utf8').matchAll(/'(holdfast_[a-z0-9_]+)'/g)].map(
      ([, name]) => name!,
    ),
  );
  if (own.length === 0) throw new Error('No metric was found in the sources: every name would be unknown');
  return new Set([...own, ...registry.getMetricsAsArray().map(({ name }) => name)]);
}

/** The texts of PromQL in an object: of rules, of a dashboard, of a query that scales. */
function expressionsOf(manifest: Manifest): readonly string[] {
  switch (manifest.kind) {
    case 'PrometheusRule':
      return textsAt(manifest, 'expr');
    case 'ScaledObject':
      return textsAt(manifest, 'query');
    case 'ConfigMap':
      if (manifest.metadata.labels?.['grafana_dashboard'] === undefined) return [];
      return Object.values((manifest['data'] ?? {}) as Record<string, string>).flatMap((text) =>
        textsAt(JSON.parse(text), 'expr', 'definition'),
      );
    default:
      return [];
  }
}

function textsAt(node: unknown, ...fields: readonly string[]): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([field, value]: [string, unknown]) =>
    typeof value === 'string' && fields.includes(field) ? [value] : textsAt(value, ...fields),
  );
}

const WORDS =
  /^(and|or|unless|by|without|on|ignoring|group_left|group_right|bool|offset|inf|nan|le|start|end|atan2)$/i;

/** The names of metrics in PromQL: what is no function, word, label, text, duration or number. */
export function metricNamesIn(expression: string): readonly string[] {
  const bare = expression
    .replace(/#.*$/gm, '')
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '')
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/gi, ' ')
    .replace(/\$\w+|\$\{\w+\}/g, ' ')
    .replace(/\b(label_values|query_result)\(([^,)]*)[^)]*\)/g, '$2');
  return [...bare.matchAll(/(?<![\w.])([a-zA-Z_:][\w:]*)(?!\s*\()\b/g)]
    .map(([, name]) => name!)
    .filter((name) => !WORDS.test(name));
}
