/**
 * Settings and programs that the manifests have and the code does not have yet. A test says which of these the code has by
 * now and are to be taken out here.
 */
export const awaited: readonly string[] = [
  'subgraphs/orders/src/migrate.ts',
  'subgraphs/inventory/src/migrate.ts',
  'service/src/topology-job.ts',
  'HOLDFAST_AUTH',
  'HOLDFAST_HOST',
  'HOLDFAST_PROVISION',
  'METRICS_PORT',
  'NATS_USER',
  'NATS_PASSWORD',
  'NATS_CA_FILE',
  'VIEWER_KEYS',
  'DATABASE_POOL_SIZE',
  'JWT_ISSUER',
  'JWT_AUDIENCE',
  'JWT_JWKS_URL',
  'JWT_PUBLIC_KEY_FILE',
  'CORS_ORIGINS',
  'GRAPHQL_INTROSPECTION',
  'RATE_LIMIT_PER_SECOND',
];
