import { z } from 'zod';
import { customResource, goDuration, nameRef } from './custom-resource.ts';

/**
 * Of NACK, the JetStream controller (https://github.com/nats-io/nack, deploy/crds.yml): what Holdfast uses of the resources
 * of `jetstream.nats.io/v1beta2`. No package has them.
 */
const version = 'jetstream.nats.io/v1beta2';
const kept = { preventDelete: z.boolean().optional(), preventUpdate: z.boolean().optional() };

export const nackSchemas = {
  [`${version}/Account`]: customResource(
    version,
    'Account',
    z.strictObject({
      name: z.string().optional(),
      servers: z.array(z.url({ protocol: /^(nats|tls)$/ })),
      tls: z
        .strictObject({
          secret: nameRef,
          ca: z.string().optional(),
          cert: z.string().optional(),
          key: z.string().optional(),
        })
        .optional(),
      user: z.strictObject({ secret: nameRef, user: z.string(), password: z.string() }).optional(),
    }),
  ),
  [`${version}/Stream`]: customResource(
    version,
    'Stream',
    z.strictObject({
      account: z.string().optional(),
      name: z.stringFormat('stream', /^[A-Z]+$/),
      subjects: z.array(z.string()),
      storage: z.enum(['file', 'memory']),
      retention: z.enum(['limits', 'interest', 'workqueue']),
      discard: z.enum(['old', 'new']),
      maxAge: goDuration,
      maxBytes: z.int(),
      maxMsgs: z.int(),
      maxMsgsPerSubject: z.int(),
      duplicateWindow: goDuration,
      replicas: z.int().min(1).max(5),
      denyPurge: z.boolean(),
      allowDirect: z.boolean(),
      ...kept,
    }),
  ),
  [`${version}/Consumer`]: customResource(
    version,
    'Consumer',
    z.strictObject({
      account: z.string().optional(),
      streamName: z.string(),
      durableName: z.string(),
      filterSubject: z.string(),
      deliverPolicy: z.enum(['all', 'last', 'new', 'byStartSequence', 'byStartTime']),
      ackPolicy: z.enum(['none', 'all', 'explicit']),
      ackWait: goDuration,
      maxAckPending: z.int(),
      maxDeliver: z.int(),
      ...kept,
    }),
  ),
};
