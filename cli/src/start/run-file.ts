import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What runs now and where it answers: `run.json` in the data folder, there from the first server on until an orderly stop. */
export type RunFile = {
  readonly urls: {
    /** GraphQL over HTTP, WebSocket and SSE. */
    readonly gateway: string;
    readonly graphiql: string;
    /** The page of the web client. */
    readonly web: string;
    readonly orders: string;
    readonly inventory: string;
    readonly nats: string;
    readonly ordersDatabase: string;
    readonly inventoryDatabase: string;
  };
  /** How callers say who they are: not at all, or by a token of the development key. */
  readonly auth: 'off' | 'jwt';
  /** By name: gateway, orders, inventory, and postgres and nats-server where they are our own. */
  readonly ports: Readonly<Record<string, number>>;
  /** `start` itself, the servers it started and the services that live; one that is being started again is missing. */
  readonly processes: readonly RunningProcess[];
  /** One file per service. */
  readonly logFolder: string;
};

/** `startedAt` is opaque; with it a later process of the same pid is not taken for this one. */
export type RunningProcess = { readonly name: string; readonly pid: number; readonly startedAt: string };

/** The folder of the whole repository. */
export const REPOSITORY = resolve(import.meta.dirname, '..', '..', '..');

/** HOLDFAST_DATA, relative to the current folder; `.holdfast` in the repository when it is not set. */
export function dataFolderOf(env: NodeJS.ProcessEnv): string {
  return env['HOLDFAST_DATA'] ? resolve(env['HOLDFAST_DATA']) : join(REPOSITORY, '.holdfast');
}

/** What `npm start` wrote, or null when nothing was started on this folder. After a `kill -9` it may name processes that are gone. */
export function readRunFile(dataFolder: string): RunFile | null {
  try {
    return JSON.parse(readFileSync(runFile(dataFolder), 'utf8')) as RunFile;
  } catch {
    return null;
  }
}

/** Replaces it whole; only the user may read it, since it holds passwords. */
export function writeRunFile(dataFolder: string, run: RunFile): void {
  mkdirSync(dataFolder, { recursive: true });
  const unfinished = `${runFile(dataFolder)}.unfinished`;
  writeFileSync(unfinished, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, runFile(dataFolder));
}

export function removeRunFile(dataFolder: string): void {
  rmSync(runFile(dataFolder), { force: true });
}

const runFile = (dataFolder: string) => join(dataFolder, 'run.json');
