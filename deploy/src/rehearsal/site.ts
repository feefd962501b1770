import type { ProcessKeeper } from '@holdfast/servers';
import type { Manifest } from '../manifests/manifest.ts';
import type { Addresses } from './addresses.ts';

/** What everything in a rehearsal knows: the objects that are carried out, and where. */
export interface Site {
  /** As rendered, with what stand-ins made in place of controllers. */
  readonly manifests: readonly Manifest[];
  /** Holds all files; removed at the end. */
  readonly folder: string;
  readonly addresses: Addresses;
  /** Addresses of Services and of the pods of StatefulSets, by name. */
  readonly hosts: ReadonlyMap<string, string>;
  /** Divides the manifests' waiting times. */
  readonly pace: number;
  readonly processes: ProcessKeeper;
  /** The nats-server of this machine. */
  readonly natsServer: string;
  /** Ends every wait. */
  readonly signal: AbortSignal;
}

/** Something that the rehearsal was to show does not hold; the message says what, with the end of the log where there is one. */
export class RehearsalError extends Error {
  override readonly name = 'RehearsalError';
}
