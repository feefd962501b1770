import { dataFolderOf } from './start/run-file.ts';
import { developmentKeyOf, signDevelopmentToken, TokenKeyError } from './token/development-key.ts';
import { tokenOptions, TokenUsageError, tokenUsage } from './token/options.ts';

/** `npm run token`: prints a token signed with the development key, and nothing else. Exit code 2 for a wrong command line. */
try {
  const content = tokenOptions(process.argv.slice(2));
  console.log(await signDevelopmentToken(developmentKeyOf(dataFolderOf(process.env)), content));
} catch (error) {
  if (!(error instanceof TokenUsageError || error instanceof TokenKeyError)) throw error;
  console.error(`token: ${error.message}`);
  if (error instanceof TokenUsageError) console.error(tokenUsage);
  process.exitCode = 2;
}
