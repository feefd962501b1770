import { freeLoopbackPort } from '@holdfast/servers';

const given = new Set<number>();

/** A free loopback port that this process has not given before: what it was given for may not listen yet. */
export async function newPort(): Promise<number> {
  for (;;) {
    const port = await freeLoopbackPort();
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}
