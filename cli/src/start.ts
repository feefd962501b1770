import { NatsServerNotFoundError, PostgresUserError, ServerStartError } from '@holdfast/servers';
import { loadDemo } from './start/load-demo.ts';
import { readRunFile } from './start/run-file.ts';
import { runHoldfast } from './start/run-holdfast.ts';
import { servicePrograms } from './start/service-programs.ts';
import { readStartSettings } from './start/settings.ts';
import { StartError } from './start/start-error.ts';
import { buildWebClient } from './start/web-build.ts';
import { welcome } from './start/welcome.ts';
import { operatorHeaders } from './token/access.ts';

/** `npm start`: brings the whole system up, keeps it alive, and stops it on Ctrl-C. */
const stopping = new AbortController();
const say = (line: string): void => console.log(line);
for (const output of [process.stdout, process.stderr]) {
  output.on('error', () => {}); // Whoever read it is gone; the system goes on.
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // npm passes on what the terminal has sent already: every Ctrl-C comes twice.
  process.on(signal, () => {
    if (!stopping.signal.aborted) say('Stopping: services first, then servers …');
    stopping.abort();
  });
}

try {
  const settings = readStartSettings(process.env);
  await buildWebClient({ say, signal: stopping.signal });
  await runHoldfast({
    settings,
    programs: (addresses) => servicePrograms(addresses, settings),
    whenReady: async (addresses, signal) => {
      const headers = await operatorHeaders({ HOLDFAST_DATA: settings.dataFolder });
      const sku = await loadDemo({ url: addresses.urls.gateway, headers, signal }, settings.currency);
      const run = readRunFile(settings.dataFolder);
      if (run !== null) say(welcome(run, sku));
    },
    say,
    signal: stopping.signal,
  });
  say('Stopped.');
  process.exit(0);
} catch (error) {
  const expected = [StartError, NatsServerNotFoundError, PostgresUserError, ServerStartError];
  console.error(expected.some((kind) => error instanceof kind) ? (error as Error).message : error);
  process.exit(1);
}
