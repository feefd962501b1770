import { globSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openBooks, type Books } from '../reconcile/books.ts';
import { REPOSITORY, type RunFile } from '../start/run-file.ts';
import { exerciseEverything } from './exercise.ts';
import { fillOnce } from './fill.ts';
import { genericPlan, largeScans, tableRows } from './plans.ts';
import { loggedStatements } from './statement-log.ts';
import {
  collapsed,
  isInstanceOf,
  statementTemplates,
  type StatementTemplate,
} from './statement-templates.ts';

const sources = [
  'subgraphs/*/src/{store,queries}/**/*.ts',
  'messaging/src/{handlings,journal-facts,list-parked}.ts',
];

/**
 * Fills the databases of a running system once, makes its services send every statement they have, and explains each
 * without looking at its parameters. Resolves with the number of faults: a sequential scan of a large table, or a
 * template in the sources of which no statement was sent. Throws when it finds no template at all.
 */
export async function explainStatements(
  { urls }: RunFile,
  postgresLog: string,
  print: (line: string) => void,
): Promise<number> {
  const templates = readTemplates();
  const orders = await openBooks(urls.ordersDatabase);
  const inventory = await openBooks(urls.inventoryDatabase);
  try {
    await fillOnce(orders, inventory, print);
    const statements = await recordStatements(orders, postgresLog, () => exerciseEverything(urls));
    return (
      (await explainAll(templates, statements, [orders, inventory], print)) +
      unknown(templates, statements, print)
    );
  } finally {
    await Promise.allSettled([orders.close(), inventory.close()]);
  }
}

function readTemplates(): StatementTemplate[] {
  const files = globSync(sources, { cwd: REPOSITORY }).filter((file) => !file.endsWith('.test.ts'));
  const templates = files.flatMap((file) =>
    statementTemplates(file, readFileSync(join(REPOSITORY, file), 'utf8')),
  );
  if (templates.length === 0) throw new Error(`there is no statement in ${sources.join(' or ')}`);
  return templates;
}

/** What the server was asked while `work` ran, each statement once. */
async function recordStatements(
  books: Books,
  postgresLog: string,
  work: () => Promise<void>,
): Promise<string[]> {
  const { size } = statSync(postgresLog);
  await books.rows(`alter system set log_statement = 'all'`);
  await books.rows('select pg_reload_conf()');
  try {
    await work();
  } finally {
    await books.rows('alter system reset log_statement');
    await books.rows('select pg_reload_conf()');
  }
  const file = await open(postgresLog);
  try {
    const { size: end } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(end - size), 0, end - size, size);
    return loggedStatements(buffer.toString('utf8'));
  } finally {
    await file.close();
  }
}

/** Explains each statement that is one of the templates', in each database that has its tables. */
async function explainAll(
  templates: readonly StatementTemplate[],
  statements: readonly string[],
  databases: readonly Books[],
  print: (line: string) => void,
): Promise<number> {
  let explained = 0;
  let faults = 0;
  const rowsOf = new Map<Books, ReadonlyMap<string, number>>();
  for (const books of databases) rowsOf.set(books, await tableRows(books));
  for (const statement of statements) {
    const origin = templates.filter(
      (template) => isWhole(template) && isInstanceOf(collapsed(statement), template),
    );
    if (origin.length === 0) continue;
    const plans = [];
    for (const books of databases) plans.push({ books, plan: await genericPlan(books, statement) });
    explained += 1;
    const scans = plans.flatMap(({ books, plan }) =>
      plan === null ? [] : largeScans(plan, rowsOf.get(books)!),
    );
    const where = origin.map(({ file, line }) => `${file}:${line}`).join(', ');
    if (plans.every(({ plan }) => plan === null)) print(`${where}: cannot be explained in either database`);
    else if (scans.length > 0)
      print(`${where}: reads all of ${[...new Set(scans)].join(', ')}\n    ${collapsed(statement)}`);
    else continue;
    faults += 1;
  }
  print(`explained ${explained} statements; ${faults} of them with a fault`);
  return faults;
}

/** A part of a statement is explained as part of one. */
const isWhole = ({ pieces }: StatementTemplate): boolean =>
  /^(select|insert|update|delete|with)\b/i.test(pieces[0]!);

function unknown(
  templates: readonly StatementTemplate[],
  statements: readonly string[],
  print: (line: string) => void,
): number {
  const sent = statements.map(collapsed);
  const missing = templates.filter(
    (template) => !sent.some((statement) => isInstanceOf(statement, template)),
  );
  for (const { file, line, pieces } of missing)
    print(`${file}:${line}: was never sent, so it is not known: ${pieces.join(' … ')}`);
  print(`${templates.length} statements and parts in the sources; ${missing.length} of them not known`);
  return missing.length;
}
