import { dataFolderOf } from './start/run-file.ts';
import { developmentKey, signDevelopmentToken } from './token/development-key.ts';
import { tokenOptions, TokenUsageError, tokenUsage } from './token/options.ts';

/** `npm run token`: prints a token signed with the development key, and nothing else. Exit code 2 for a wrong command line. */
try {
  const content = tokenOptions(process.argv.slice(2));
  console.log(await signDevelopmentToken(developmentKey(dataFolderOf(process.env)), content));
} catch (error) {
  if (!(error instanceof TokenUsageError)) throw error;
  console.error(`token: ${error.message}\n${tokenUsage}`);
  process.exitCode = 2;
}
