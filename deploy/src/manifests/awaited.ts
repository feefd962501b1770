/**
 * Settings and programs that the manifests have and the code does not have yet. A test says which of these the code has by
 * now and are to be taken out here.
 */
export const awaited: readonly string[] = ['service/src/topology-job.ts'];
