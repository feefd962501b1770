import pg from 'pg';

/**
 * The statements of a psql script of which nothing but `\getenv NAME VARIABLE` and `:'NAME'` is psql's own. @throws Error for
 * another of psql's commands, or a variable that is not set
 */
export function statementsOf(
  script: string,
  environment: Readonly<Record<string, string>>,
): readonly string[] {
  const values = new Map<string, string>();
  const sql: string[] = [];
  for (const line of script.split('\n')) {
    const [, name, variable] = /^\\getenv\s+(\w+)\s+(\w+)\s*$/.exec(line) ?? [];
    if (name !== undefined && variable !== undefined) {
      const value = environment[variable];
      if (value === undefined) throw new Error(`The script wants ${variable}, which is not set`);
      values.set(name, value);
    } else if (line.startsWith('\\')) throw new Error(`psql's command ${line} is not known here`);
    else if (!line.startsWith('--')) sql.push(line);
  }
  const filled = sql.join('\n').replace(/:'(\w+)'/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`The script uses :'${name}', which was never set`);
    return pg.escapeLiteral(value);
  });
  return filled
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
