import { describe, expect, it } from '@jest/globals';
import { largeScans, type PlanNode } from './plans.ts';
import { loggedStatements } from './statement-log.ts';
import { collapsed, isInstanceOf, statementTemplates } from './statement-templates.ts';

const source = `
  const columns = sql.raw('sku, "onHand"');
  const further = after === null ? sql\`\` : sql\`and sku > \${after}\`;
  const { rows } = await sql<{ a: Map<string, number>; b: () => void }>\`
    select \${columns} from stock_level where sku = any(\${skus.map(({ sku }) => \`\${sku}\`)}::text[]) \${further}
    order by sku\`.execute(tx);
  const mysql = \`select nothing\`;
`;

describe('statementTemplates', () => {
  it('finds whole statements, parts and raw texts with their lines, and leaves out values and empty ones', () => {
    expect(statementTemplates('a.ts', source)).toEqual([
      { file: 'a.ts', line: 2, pieces: ['sku, "onHand"'] },
      { file: 'a.ts', line: 3, pieces: ['and sku >'] },
      {
        file: 'a.ts',
        line: 4,
        pieces: ['select', 'from stock_level where sku = any(', '::text[])', 'order by sku'],
      },
    ]);
  });
});

describe('isInstanceOf', () => {
  const [, , whole] = statementTemplates('a.ts', source);

  it('knows a statement that was made of the template', () => {
    const sent =
      'select sku, "onHand" from stock_level\n where sku = any($1::text[]) and sku > $2\n order by sku';
    expect(isInstanceOf(collapsed(sent), whole!)).toBe(true);
  });

  it('does not know one that only looks like it', () => {
    expect(isInstanceOf('select sku from stock_level where sku = $1 order by sku', whole!)).toBe(false);
    expect(isInstanceOf('order by sku select from stock_level where sku = any( ::text[])', whole!)).toBe(
      false,
    );
  });
});

describe('loggedStatements', () => {
  it('takes statements of several lines without their parameters, each once', () => {
    const log = [
      '2026-11-23 05:00:00.000 UTC [42] LOG:  execute <unnamed>: select 1',
      '\tfrom a',
      "2026-11-23 05:00:00.000 UTC [42] DETAIL:  Parameters: $1 = 'select 2'",
      '2026-11-23 05:00:00.001 UTC [42] LOG:  statement: begin',
      '2026-11-23 05:00:00.001 UTC [43] LOG:  execute <unnamed>: select 1',
      '\tfrom a',
      '2026-11-23 05:00:00.002 UTC [43] LOG:  checkpoint starting: time',
      '',
    ].join('\n');
    expect(loggedStatements(log)).toEqual(['select 1\nfrom a', 'begin']);
  });
});

describe('largeScans', () => {
  it('names a large table that is read whole anywhere in a plan, and no small one', () => {
    const plan: PlanNode = {
      'Node Type': 'Nested Loop',
      Plans: [
        { 'Node Type': 'Seq Scan', 'Relation Name': 'facility' },
        { 'Node Type': 'Limit', Plans: [{ 'Node Type': 'Seq Scan', 'Relation Name': 'orders' }] },
        { 'Node Type': 'Index Scan', 'Relation Name': 'journal' },
      ],
    };
    const rows = new Map([
      ['facility', 10],
      ['orders', 1_000_000],
      ['journal', 1_000_000],
    ]);
    expect(largeScans(plan, rows)).toEqual(['orders']);
  });
});
