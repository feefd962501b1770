import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TableRight, TableRights } from './table-rights.ts';

/** The rest of a command, up to the next one of the same statement. */
const rest = '(?:(?!insert into).)*';
const signs: readonly (readonly [right: TableRight, sign: (table: string) => RegExp])[] = [
  [
    'select',
    (table) => RegExp(`(from|join) ${table}\\b|into ${table}\\b${rest}(returning|on conflict)`, 's'),
  ],
  ['insert', (table) => RegExp(`insert into ${table}\\b`)],
  // A row that is locked, or changed instead of inserted, takes the right to update it.
  [
    'update',
    (table) =>
      RegExp(`update ${table}\\b|from ${table}\\b.*for (update|share)|into ${table}\\b${rest}do update`, 's'),
  ],
  ['delete', (table) => RegExp(`delete from ${table}\\b`)],
];

/**
 * What the SQL in these folders' sources, other than tests, does with each of the tables: read off the text of its statements,
 * so that a right that no statement needs is found, and a statement that would be refused.
 */
export function rightsUsedIn(folders: readonly URL[], tables: readonly string[]): TableRights {
  const files = folders.flatMap((folder) =>
    globSync('*.ts', {
      cwd: folder,
      exclude: ['*.test.ts', '*testing.ts', '*workbench.ts', 'schema.ts'],
    }).map((name) => join(fileURLToPath(folder), name)),
  );
  // Every other piece between backquotes is the text of a template.
  const statements = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('`')
      .filter((_, index) => index % 2 === 1),
  );
  if (statements.length === 0) throw new Error('No statement was looked at');
  const rightsOn = (table: string): TableRight[] =>
    signs
      .filter(([, sign]) => statements.some((statement) => sign(table).test(statement)))
      .map(([right]) => right);
  return Object.fromEntries(tables.map((table) => [table, rightsOn(table)]));
}
