import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** No address range was free in 20 attempts. */
export class NoAddressesError extends Error {
  override readonly name = 'NoAddressesError';
}

/** A range 127.X of loopback addresses of a rehearsal's own: everything that has a name gets one, and keeps it. */
export class Addresses {
  readonly #block: number;
  readonly #lock: Server;
  readonly #known = new Map<string, string>();

  private constructor(block: number, lock: Server) {
    this.#block = block;
    this.#lock = lock;
  }

  /** Takes a range, X from 64 to 250, that no other rehearsal on this machine has. @throws NoAddressesError */
  static async take(): Promise<Addresses> {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const block = randomInt(64, 251);
      const lock = await listenAt(`127.${block}.255.254`, 4096);
      if (lock !== null) return new Addresses(block, lock);
    }
    throw new NoAddressesError('No range of loopback addresses was free in 20 attempts');
  }

  /** The address of a name, the same each time; Services, pods and stand-ins have one each. */
  of(name: string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const count = this.#known.size + 1;
    const address = `127.${this.#block}.${Math.floor(count / 250)}.${(count % 250) + 1}`;
    this.#known.set(name, address);
    return address;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.#lock.close(resolve));
  }
}

function listenAt(host: string, port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(null));
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}
