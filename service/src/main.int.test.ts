import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', 'test-programs', 'service.ts');

/** Runs the program, sends the signal when it says `at`, and gives its exit code and all that it said. */
async function run(behaviour: string, ending?: { at: string; signal: NodeJS.Signals }) {
  const child = spawn(process.execPath, [program, behaviour], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
  });
  let said = '';
  let isTold = false;
  const hear = (piece: Buffer): void => {
    said += piece.toString();
    if (ending === undefined || isTold || !said.includes(ending.at)) return;
    isTold = child.kill(ending.signal);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { exit: code ?? signal, said };
}

describe('a service', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'whose start still waits ends at once with 0 on %s',
    async (signal) => {
      expect(await run('waits to start', { at: 'waiting', signal })).toEqual({ exit: 0, said: 'waiting\n' });
    },
  );

  it('whose start does not listen is drained when it has started', async () => {
    expect(await run('starts deaf', { at: 'waiting', signal: 'SIGTERM' })).toEqual({
      exit: 0,
      said: 'waiting\ndrained\n',
    });
  });

  it('is drained on SIGTERM and ends with 0', async () => {
    expect(await run('serves', { at: 'serving', signal: 'SIGTERM' })).toEqual({
      exit: 0,
      said: 'serving\ndrained\n',
    });
  });

  it('that cannot start says why and ends with 1', async () => {
    const { exit, said } = await run('fails to start');
    expect(exit).toBe(1);
    expect(said).toContain('Error: no port');
  });
});

describe('a job', () => {
  it('ends with 0 when it is done', async () => {
    expect(await run('job ends')).toEqual({ exit: 0, said: 'done\n' });
  });

  it('that fails says why and ends with 1', async () => {
    const { exit, said } = await run('job fails');
    expect(exit).toBe(1);
    expect(said).toContain('Error: no role');
  });

  it('that is told to end before it is done ends with 1, at once', async () => {
    expect(await run('job waits', { at: 'waiting', signal: 'SIGTERM' })).toEqual({
      exit: 1,
      said: 'waiting\nThe job was told to end before it was done\n',
    });
  });
});
