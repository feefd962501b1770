import { z } from 'zod';
import { customResource, labelSelector, nameRef, quantity, resources } from './custom-resource.ts';

/**
 * Of CloudNativePG (https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/): what Holdfast uses of the
 * resources of `postgresql.cnpg.io/v1`. No package has them.
 */
const version = 'postgresql.cnpg.io/v1';
const parameters = z.record(z.string(), z.string());
const labels = z.record(z.string(), z.string());
const storage = z.strictObject({
  size: quantity,
  storageClass: z.string().optional(),
  resizeInUseVolumes: z.boolean().optional(),
});

const initdb = z.strictObject({
  database: z.string().optional(),
  owner: z.string().optional(),
  secret: nameRef.optional(),
  encoding: z.string().optional(),
  localeProvider: z.enum(['builtin', 'icu', 'libc']).optional(),
  builtinLocale: z.string().optional(),
  locale: z.string().optional(),
  dataChecksums: z.boolean().optional(),
  walSegmentSize: z.int().optional(),
  postInitSQL: z.array(z.string()).optional(),
  postInitApplicationSQL: z.array(z.string()).optional(),
});

const role = z.strictObject({
  name: z.string(),
  comment: z.string().optional(),
  ensure: z.enum(['present', 'absent']).optional(),
  login: z.boolean().optional(),
  superuser: z.boolean().optional(),
  createdb: z.boolean().optional(),
  createrole: z.boolean().optional(),
  inherit: z.boolean().optional(),
  connectionLimit: z.int().optional(),
  inRoles: z.array(z.string()).optional(),
  passwordSecret: nameRef.optional(),
});

const postgresql = z.strictObject({
  parameters: parameters.optional(),
  pg_hba: z.array(z.string()).optional(),
  synchronous: z
    .strictObject({
      method: z.enum(['any', 'first']),
      number: z.int().min(1),
      dataDurability: z.enum(['required', 'preferred']).optional(),
      failoverQuorum: z.boolean().optional(),
      maxStandbyNamesFromCluster: z.int().optional(),
    })
    .optional(),
});

const cluster = z.strictObject({
  description: z.string().optional(),
  instances: z.int().min(1),
  imageName: z.string().optional(),
  inheritedMetadata: z.strictObject({ labels: labels.optional(), annotations: labels.optional() }).optional(),
  primaryUpdateStrategy: z.enum(['unsupervised', 'supervised']).optional(),
  primaryUpdateMethod: z.enum(['switchover', 'restart']).optional(),
  enablePDB: z.boolean().optional(),
  enableSuperuserAccess: z.boolean().optional(),
  bootstrap: z.strictObject({ initdb: initdb.optional() }).optional(),
  managed: z
    .strictObject({
      roles: z.array(role).optional(),
      services: z
        .strictObject({ disabledDefaultServices: z.array(z.enum(['r', 'ro', 'rw'])).optional() })
        .optional(),
    })
    .optional(),
  postgresql: postgresql.optional(),
  plugins: z
    .array(
      z.strictObject({
        name: z.string(),
        enabled: z.boolean().optional(),
        isWALArchiver: z.boolean().optional(),
        parameters: parameters.optional(),
      }),
    )
    .optional(),
  monitoring: z.strictObject({ disableDefaultQueries: z.boolean().optional() }).optional(),
  storage,
  walStorage: storage.optional(),
  resources: resources.optional(),
  affinity: z
    .strictObject({
      enablePodAntiAffinity: z.boolean().optional(),
      podAntiAffinityType: z.enum(['preferred', 'required']).optional(),
      topologyKey: z.string().optional(),
      nodeSelector: labels.optional(),
    })
    .optional(),
  topologySpreadConstraints: z
    .array(
      z.strictObject({
        maxSkew: z.int().min(1),
        topologyKey: z.string(),
        whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
        labelSelector: labelSelector.optional(),
      }),
    )
    .optional(),
  startDelay: z.int().optional(),
  stopDelay: z.int().optional(),
  smartShutdownTimeout: z.int().optional(),
  switchoverDelay: z.int().optional(),
  logLevel: z.enum(['error', 'warning', 'info', 'debug', 'trace']).optional(),
  priorityClassName: z.string().optional(),
});

const database = z.strictObject({
  cluster: nameRef,
  name: z.string(),
  owner: z.string(),
  ensure: z.enum(['present', 'absent']).optional(),
  databaseReclaimPolicy: z.enum(['retain', 'delete']).optional(),
  connectionLimit: z.int().optional(),
  extensions: z
    .array(z.strictObject({ name: z.string(), ensure: z.enum(['present', 'absent']).optional() }))
    .optional(),
});

const scheduledBackup = z.strictObject({
  cluster: nameRef,
  // Six fields: seconds come first.
  schedule: z.stringFormat('schedule', /^(\S+ ){5}\S+$/),
  immediate: z.boolean().optional(),
  suspend: z.boolean().optional(),
  backupOwnerReference: z.enum(['none', 'self', 'cluster']).optional(),
  method: z.enum(['barmanObjectStore', 'volumeSnapshot', 'plugin']).optional(),
  target: z.enum(['primary', 'prefer-standby']).optional(),
  pluginConfiguration: z.strictObject({ name: z.string(), parameters: parameters.optional() }).optional(),
});

export const cloudNativePgSchemas = {
  [`${version}/Cluster`]: customResource(version, 'Cluster', cluster),
  [`${version}/Database`]: customResource(version, 'Database', database),
  [`${version}/ScheduledBackup`]: customResource(version, 'ScheduledBackup', scheduledBackup),
};
