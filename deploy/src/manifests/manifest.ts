import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const shape = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

/** One Kubernetes object, of which only what every object has is known. */
export type Manifest = z.infer<typeof shape>;

/** A rendered text is no list of Kubernetes objects. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** The objects of YAML documents, in their order; empty documents are left out. @throws ManifestError, also for a key that stands twice. */
export function parseManifests(text: string): readonly Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw new ManifestError(problem.message, { cause: problem });
    const content: unknown = document.toJS();
    if (content === null) return [];
    const parsed = shape.safeParse(content);
    if (!parsed.success) throw new ManifestError(z.prettifyError(parsed.error));
    return [parsed.data];
  });
}

/** Such as `Deployment/gateway`. */
export const nameOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;
