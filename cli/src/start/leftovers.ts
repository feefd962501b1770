import {
  findNatsServer,
  findPostgres,
  isStillRunning,
  stopNatsServer,
  stopPostgres,
  stopProcess,
} from '@holdfast/servers';
import { natsFolder, postgresFolder } from './own-servers.ts';
import { readRunFile } from './run-file.ts';

/**
 * Stops what an earlier start left behind because it was killed: first its services, as `run.json` names them, then the servers
 * of this data folder, as their own pid files name them. A later process with the same pid is never touched.
 */
export async function stopLeftovers(dataFolder: string, say: (line: string) => void): Promise<void> {
  const recorded = readRunFile(dataFolder)?.processes ?? [];
  const isOurs = ({ name }: { name: string }) => !['start', 'postgres', 'nats-server'].includes(name);
  for (const service of recorded.filter(isOurs).toReversed()) {
    if (!(await isStillRunning(service))) continue;
    say(`Stopping ${service.name} (process ${service.pid}), left over from an earlier start.`);
    await stopProcess(service, [
      { signal: 'SIGTERM', withinMs: 10_000 },
      { signal: 'SIGKILL', withinMs: 5_000 },
    ]);
  }
  const nats = await findNatsServer(natsFolder(dataFolder));
  if (nats !== null) {
    say(`Stopping nats-server (process ${nats.pid}), left over from an earlier start.`);
    await stopNatsServer(nats);
  }
  const postgres = await findPostgres(postgresFolder(dataFolder));
  if (postgres !== null) {
    say(`Stopping PostgreSQL (process ${postgres.pid}), left over from an earlier start.`);
    await stopPostgres(postgres);
  }
}
