import { environmentOf } from '../manifests/environment.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { Container } from '../manifests/workloads.ts';
import { RehearsalError } from './site.ts';
import { substitute, type Substitutions } from './substitutions.ts';

/**
 * Exactly the variables that a container is given, with the substitutions. Fields of the pod are by their path, such as
 * `metadata.name`. @throws RehearsalError when a Secret, a ConfigMap, a key or a field is not there
 */
export function containerEnvironment(
  container: Container,
  manifests: readonly Manifest[],
  fields: Readonly<Record<string, string>>,
  substitutions: Substitutions,
): Record<string, string> {
  requireSources(container, manifests);
  const { variables } = environmentOf(container, manifests);
  return Object.fromEntries(
    variables.map(({ name, value }) => {
      const [, missing, path] = /^\{((?:Secret|ConfigMap) .*|field (.*))\}$/.exec(value) ?? [];
      if (path !== undefined && fields[path] !== undefined) return [name, fields[path]];
      if (missing !== undefined) throw new RehearsalError(`${container.name}: ${name} needs ${missing}`);
      return [name, substitute(value, substitutions)];
    }),
  );
}

function requireSources(container: Container, manifests: readonly Manifest[]): void {
  for (const { configMapRef, secretRef } of container.envFrom) {
    const [kind, name] = configMapRef ? ['ConfigMap', configMapRef.name] : ['Secret', secretRef?.name];
    if (manifests.some((one) => one.kind === kind && one.metadata.name === name)) continue;
    throw new RehearsalError(`${container.name}: ${kind}/${name} is not there`);
  }
}
