/** A script says what is not understood here, or names a variable that is not set. */
export class InitScriptError extends Error {
  override readonly name = 'InitScriptError';
}

/**
 * The statements that psql makes of a script, for where there is no psql: `\getenv name NAME` takes a variable of the
 * environment, `:'name'` becomes its value as a literal. Statements end with a semicolon at the end of a line.
 * @throws InitScriptError for another command of psql and for a variable that is not set.
 */
export function initStatements(
  script: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const values = new Map<string, string>();
  const sql = script
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .filter((line) => {
      if (!line.startsWith('\\')) return true;
      const [, name, variable] = /^\\getenv (\w+) (\w+)$/.exec(line) ?? [];
      const value = environment[variable ?? ''];
      if (name === undefined) throw new InitScriptError(`${line}: only \\getenv name NAME is understood`);
      if (value === undefined) throw new InitScriptError(`${variable} is not set`);
      values.set(name, value);
      return false;
    })
    .join('\n')
    .replace(/:'(\w+)'/g, (_whole, name: string) => {
      const value = values.get(name);
      if (value === undefined) throw new InitScriptError(`:'${name}' is not set`);
      return `'${value.replaceAll("'", "''")}'`;
    });
  return sql
    .split(/;[^\S\n]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}
