import { readFile } from 'node:fs/promises';

/** Which of the two this system is, or is made after; null for any other. */
export async function debianFamily(): Promise<'debian' | 'ubuntu' | null> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const names = [...release.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)"?$/gm)].flatMap(([, name]) =>
    (name ?? '').split(' '),
  );
  return (['ubuntu', 'debian'] as const).find((family) => names.includes(family)) ?? null;
}
