import { CommandFailedError, runCommand } from '@holdfast/servers';

export type EarlierRelease =
  | { readonly kind: 'found'; readonly name: string; readonly commit: string }
  /** There is no history to take it from, which is nobody's fault. */
  | { readonly kind: 'skipped'; readonly why: string }
  /** What was asked for is not there. */
  | { readonly kind: 'missing'; readonly why: string };

/**
 * The release before these sources: `from`, a tag or commit, where it is given; else the last tag, or the one before it where
 * the last tag is what is checked out.
 */
export async function findEarlierRelease(repository: string, from: string | null): Promise<EarlierRelease> {
  const git = gitIn(repository);
  if (from !== null) {
    const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${from}^{commit}`);
    return commit.isDone
      ? { kind: 'found', name: from, commit: commit.text }
      : { kind: 'missing', why: `--from is "${from}", which is no tag or commit here` };
  }
  const isShallow = await git('rev-parse', '--is-shallow-repository');
  if (!isShallow.isDone) return { kind: 'skipped', why: `there is no history here (${isShallow.text})` };
  const head = await git('rev-parse', '--verify', 'HEAD^{commit}');
  for (const place of ['HEAD', 'HEAD^']) {
    const tag = await git('describe', '--tags', '--abbrev=0', place);
    if (!tag.isDone) continue;
    const commit = await git('rev-parse', '--verify', `refs/tags/${tag.text}^{commit}`);
    if (commit.isDone && commit.text !== head.text)
      return { kind: 'found', name: tag.text, commit: commit.text };
  }
  return {
    kind: 'skipped',
    why:
      isShallow.text === 'true'
        ? 'no earlier release is tagged in this shallow clone; `git fetch --unshallow --tags` brings the history'
        : 'no earlier release is tagged',
  };
}

interface Said {
  readonly isDone: boolean;
  /** What it was asked for, or why there is no answer. */
  readonly text: string;
}

const gitIn =
  (repository: string) =>
  async (...args: string[]): Promise<Said> => {
    try {
      return { isDone: true, text: (await runCommand('git', args, { cwd: repository })).trim() };
    } catch (error) {
      if (!(error instanceof CommandFailedError)) throw error;
      return { isDone: false, text: error.message.split('\n')[0]! };
    }
  };
