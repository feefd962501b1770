import { dataFolderOf, readRunFile } from '../start/run-file.ts';
import { developmentKeyOf, signDevelopmentToken } from './development-key.ts';

const OPERATOR_MINUTES = 24 * 60;

/**
 * The headers by which a command speaks for an operator: HOLDFAST_TOKEN where it is set, else a token of the development
 * key where the running system takes those, else none.
 */
export async function operatorHeaders(env: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
  const token = env['HOLDFAST_TOKEN'] || (await developmentToken(dataFolderOf(env)));
  return token ? { authorization: `Bearer ${token}` } : {};
}

async function developmentToken(dataFolder: string): Promise<string | null> {
  if (readRunFile(dataFolder)?.auth !== 'jwt') return null;
  const content = { role: 'operator', customer: 'operator', minutes: OPERATOR_MINUTES } as const;
  return signDevelopmentToken(developmentKeyOf(dataFolder), content);
}
