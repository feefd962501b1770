import { CommandFailedError, runCommand } from '@holdfast/servers';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that is a disk of its own where that may be made, so that it can be full without harm to anybody else. */
export class SmallDisk {
  readonly folder: string;
  /** Null when it is a disk of its own; else why it is not. */
  readonly whyNot: string | null;

  private constructor(folder: string, whyNot: string | null) {
    this.folder = folder;
    this.whyNot = whyNot;
  }

  static async make(folder: string, megabytes: number): Promise<SmallDisk> {
    mkdirSync(folder, { recursive: true });
    try {
      await runCommand('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', folder]);
      return new SmallDisk(folder, null);
    } catch (error) {
      if (!(error instanceof CommandFailedError)) throw error;
      return new SmallDisk(folder, 'a tmpfs may not be mounted here');
    }
  }

  /** Leaves not a byte. Only where it is a disk of its own. Repeating takes what was freed meanwhile. */
  fill(): void {
    if (this.whyNot !== null) throw new Error(`${this.folder} is not a disk of its own: ${this.whyNot}`);
    const file = openSync(this.#ballast, 'a');
    for (const bytes of [1 << 20, 1 << 12, 1]) writeUntilFull(file, Buffer.alloc(bytes));
    closeSync(file);
  }

  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.whyNot === null) await runCommand('umount', ['-l', this.folder]);
  }

  get #ballast(): string {
    return join(this.folder, 'ballast');
  }
}

function writeUntilFull(file: number, piece: Buffer): void {
  try {
    for (;;) writeSync(file, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
