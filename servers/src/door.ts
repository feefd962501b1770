export { ChromiumNotFoundError, ChromiumPathError, findChromium } from './chromium.ts';
export { findFaketime } from './faketime.ts';
export { freeLoopbackPort, isPortFree } from './free-port.ts';
export { findKustomize, KustomizeNotFoundError, renderKustomization } from './kustomize.ts';
export type { Kustomize } from './kustomize.ts';
export { NatsServerNotFoundError, resolveNatsServer } from './nats-binary.ts';
export type { NatsBinary, ResolveNatsOptions } from './nats-binary.ts';
export { findNatsServer, ServerStartError, startNatsServer, stopNatsServer } from './nats-server.ts';
export type { MoreConfiguration } from './nats-server.ts';
export { PostgresUserError } from './postgres-user.ts';
export {
  createPostgres,
  ensureDatabase,
  findPostgres,
  postgresUrl,
  startPostgres,
  stopPostgres,
} from './postgres.ts';
export { endOf, identifyProcess, isStillRunning } from './process-identity.ts';
export type { ProcessIdentity, RunningServer } from './process-identity.ts';
export { KeeperClosedError, ProcessKeeper } from './process-keeper.ts';
export type { KeptProcess, Launch } from './process-keeper.ts';
export { CommandFailedError, runCommand } from './run-command.ts';
export { stopProcess } from './stop-process.ts';
export { startTestServers } from './test-servers.ts';
export type { TestServer, TestServers } from './test-servers.ts';
export { waitUntil } from './wait-until.ts';
