import { z } from 'zod';

const labels = z.record(z.string(), z.string());

/** A whole custom resource, without its status: nothing but what is named here may stand in it. */
export const customResource = <Spec extends z.ZodType>(apiVersion: string, kind: string, spec: Spec) =>
  z.strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal(kind),
    metadata: z.strictObject({
      name: z.string(),
      namespace: z.string().optional(),
      labels: labels.optional(),
      annotations: labels.optional(),
    }),
    spec,
  });

/** Like Go's, such as `336h` or `1m30s`. */
export const goDuration = z.stringFormat('duration', /^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/);
/** Such as `500m`, `1Gi` or 2. */
export const quantity = z.union([
  z.int(),
  z.stringFormat('quantity', /^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/),
]);
export const resources = z.strictObject({
  requests: z.record(z.string(), quantity).optional(),
  limits: z.record(z.string(), quantity).optional(),
});
export const nameRef = z.strictObject({ name: z.string() });
export const secretKey = z.strictObject({ name: z.string(), key: z.string() });
export const labelSelector = z.strictObject({ matchLabels: labels });
