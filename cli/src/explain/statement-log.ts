/** The statements with parameters that a PostgreSQL log (stderr format, log_statement = all) tells of, each once. */
export function loggedStatements(log: string): string[] {
  const statements = new Set<string>();
  let current: string[] | null = null;
  const close = (): void => {
    if (current !== null) statements.add(current.join('\n'));
    current = null;
  };
  for (const line of log.split('\n')) {
    if (line.startsWith('\t')) {
      current?.push(line.slice(1));
      continue;
    }
    close();
    const begin = /^\d{4}-\d\d-\d\d \S+ \S+ \[\d+\] LOG: {2}(?:execute [^:]*|statement): (.*)$/.exec(line);
    if (begin !== null) current = [begin[1]!];
  }
  close();
  return [...statements];
}
