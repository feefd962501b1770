import { z } from 'zod';
import { customResource, resources, secretKey } from './custom-resource.ts';

const version = 'barmancloud.cnpg.io/v1';
const compression = z.enum(['gzip', 'bzip2', 'lz4', 'snappy', 'xz', 'zstd']);

/**
 * Of CloudNativePG's plugin for backups (https://cloudnative-pg.io/plugin-barman-cloud, "ObjectStore API"): what Holdfast
 * uses of it. No package has it.
 */
export const barmanSchemas = {
  [`${version}/ObjectStore`]: customResource(
    version,
    'ObjectStore',
    z.strictObject({
      retentionPolicy: z.stringFormat('retention', /^[1-9]\d*[dwm]$/).optional(),
      configuration: z.strictObject({
        destinationPath: z.string(),
        endpointURL: z.url().optional(),
        endpointCA: secretKey.optional(),
        serverName: z.string().optional(),
        s3Credentials: z
          .strictObject({
            accessKeyId: secretKey.optional(),
            secretAccessKey: secretKey.optional(),
            sessionToken: secretKey.optional(),
            region: secretKey.optional(),
            inheritFromIAMRole: z.boolean().optional(),
          })
          .optional(),
        wal: z
          .strictObject({
            compression: compression.optional(),
            encryption: z.enum(['AES256', 'aws:kms']).optional(),
            maxParallel: z.int().min(1).optional(),
          })
          .optional(),
        data: z
          .strictObject({
            compression: z.enum(['gzip', 'bzip2', 'snappy']).optional(),
            encryption: z.enum(['AES256', 'aws:kms']).optional(),
            jobs: z.int().min(1).optional(),
            immediateCheckpoint: z.boolean().optional(),
          })
          .optional(),
      }),
      instanceSidecarConfiguration: z.strictObject({ resources: resources.optional() }).optional(),
    }),
  ),
};
