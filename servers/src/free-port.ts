import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

/**
 * A TCP port on 127.0.0.1 that nothing listened on when asked. It is below the range that systems give to outgoing
 * connections (Linux 32768 and up), so that a client that reconnects to a stopped server cannot take the port itself.
 */
export async function freeLoopbackPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    if (await isPortFree(port)) return port;
  }
  throw new Error('No free loopback port between 20000 and 32000 was found in 100 attempts');
}

/** Whether one could listen on 127.0.0.1 and on all interfaces at this port now. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, undefined));
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, exclusive: true, ...(host === undefined ? {} : { host }) }, () =>
      server.close(() => resolve(true)),
    );
  });
}
