import type { Container } from '../manifests/workloads.ts';
import { repository } from '../manifests/processes.ts';
import { RehearsalError } from './site.ts';

/** How a container's command is run here. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly workingFolder: string;
}

/** Why a container is not run here, in words. */
export interface NotRun {
  readonly because: string;
}

const NOT_RUN: readonly { readonly image: RegExp; readonly because: string }[] = [
  { image: /prometheus-nats-exporter/, because: 'an exporter for Prometheus, which nobody here asks' },
  { image: /(^|\/)postgres:/, because: 'the stand-in PostgreSQL runs in its place' },
];

/** The image's working folder, by its path in the container. */
export const imageFolders: ReadonlyMap<string, string> = new Map([['/app', repository]]);

/**
 * What an image is on this machine: ours is this repository with the Node.js that runs now, `nats` the nats-server that was
 * found. @throws RehearsalError for an image that nobody knows.
 */
export function programOf(container: Container, natsServer: string): Program | NotRun {
  const { image, command, args } = container;
  if (/(^|\/)holdfast[:@]/.test(image)) {
    const [file = process.execPath, ...rest] = command;
    return { file, args: [...rest, ...args], workingFolder: repository };
  }
  if (/(^|\/)nats:/.test(image)) {
    const [, ...rest] = command;
    return { file: natsServer, args: [...rest, ...args], workingFolder: '/' };
  }
  const known = NOT_RUN.find((one) => one.image.test(image));
  if (known === undefined) throw new RehearsalError(`There is no program here for the image ${image}`);
  return { because: known.because };
}
