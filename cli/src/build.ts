import { StartError } from './start/start-error.ts';
import { buildWebClient } from './start/web-build.ts';

/** `npm run build`: what `npm start` builds when it has to, without starting anything. */
try {
  const wasBuilt = await buildWebClient({ say: (line) => console.log(line) });
  console.log(wasBuilt ? 'It is in web/dist.' : 'The web client in web/dist is up to date.');
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
