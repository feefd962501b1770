/** One `sql` template of a source file: a statement, or a part of one. */
export interface StatementTemplate {
  readonly file: string;
  readonly line: number;
  /** Its literal text between the values, white space collapsed; never empty. */
  readonly pieces: readonly string[];
}

/** Finds every non-empty `sql` template (and string of `sql.raw`) in a TypeScript source, nested ones included. */
export function statementTemplates(file: string, source: string): StatementTemplate[] {
  const found: StatementTemplate[] = [];
  const tag = /\bsql(?:\.raw\(\s*)?(?=[<`'])/g;
  for (let match = tag.exec(source); match !== null; match = tag.exec(source)) {
    const start = afterTypeArguments(source, match.index + match[0].length);
    const quote = source[start];
    if (quote !== '`' && !(quote === "'" && match[0].includes('raw'))) continue;
    const pieces = literalPieces(source, start + 1, quote)
      .pieces.map(collapsed)
      .filter((piece) => piece !== '');
    if (pieces.length > 0) found.push({ file, line: source.slice(0, start).split('\n').length, pieces });
  }
  return found;
}

/** Whether a statement that was sent holds the template's pieces, one after the other. */
export function isInstanceOf(statement: string, { pieces }: StatementTemplate): boolean {
  let from = 0;
  for (const piece of pieces) {
    const at = statement.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}

export const collapsed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function afterTypeArguments(source: string, start: number): number {
  if (source[start] !== '<') return start;
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '<') depth += 1;
    if (source[at] === '>' && source[at - 1] !== '=') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return source.length;
}

/** The literal text of a template up to its end quote; what stands in `${…}` is left out. */
function literalPieces(source: string, start: number, quote: string): { pieces: string[]; end: number } {
  const pieces: string[] = [];
  let piece = '';
  let at = start;
  while (at < source.length && source[at] !== quote) {
    if (source[at] === '\\') {
      piece += source[at + 1] ?? '';
      at += 2;
    } else if (quote === '`' && source.startsWith('${', at)) {
      at = afterExpression(source, at + 2);
      pieces.push(piece);
      piece = '';
    } else {
      piece += source[at];
      at += 1;
    }
  }
  return { pieces: [...pieces, piece], end: at + 1 };
}

function afterExpression(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < source.length) {
    const character = source[at]!;
    if (character === '`' || character === "'" || character === '"') {
      at = literalPieces(source, at + 1, character).end;
      continue;
    }
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return at;
}
