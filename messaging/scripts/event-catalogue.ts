import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { contracts, subjectParts, type FactType } from '../src/contracts/contracts.ts';

/** The part of JSON Schema that contracts come to. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: string | number;
  readonly enum?: readonly (string | number)[];
  readonly format?: string;
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

const file = join(import.meta.dirname, '../../docs/events.generated.md');

/** Writes docs/events.generated.md; with `--check` exits 1 when the file is not what it would write. */
async function main(): Promise<void> {
  const wanted = catalogue();
  if (!process.argv.includes('--check')) return writeFile(file, wanted);
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === wanted) return;
  console.error('docs/events.generated.md is stale: run `npm run codegen`');
  process.exitCode = 1;
}

function catalogue(): string {
  const types = Object.keys(contracts) as FactType[];
  const summary = types.map((type) => {
    const { context } = subjectParts(type);
    return `| [${type}](#${type.toLowerCase()}) | ${context} | \`${contracts[type].subject}\` |`;
  });
  return [
    '# Event catalogue',
    'Generated from `messaging/src/contracts`; `npm run codegen` writes it.',
    ['| fact | stated by | subject |', '|---|---|---|', ...summary].join('\n'),
    ...types.map(section),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function section(type: FactType): string {
  const { context, major } = subjectParts(type);
  const schema = z.toJSONSchema(contracts[type].schema) as Schema;
  const rows = fieldRows(schema, '').map(([name, words]) => `| \`${name}\` | ${words} |`);
  return [
    `## ${type}`,
    `Stated by ${context} on \`${contracts[type].subject}\`, major version ${major}. All fields are always there.`,
    ['| field | value |', '|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function fieldRows(schema: Schema, path: string): [string, string][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const ownPath = path + name;
    const optional = schema.required?.includes(name) ? '' : ', may be absent';
    const own: [string, string] = [ownPath, words(field) + optional];
    return [own, ...fieldRows(field, `${ownPath}.`), ...fieldRows(field.items ?? {}, `${ownPath}[].`)];
  });
}

function words(schema: Schema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(words).join(' or ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(' or ');
  switch (schema.type) {
    case 'integer':
    case 'number':
      return `${schema.type}${range(schema.minimum, schema.maximum, '')}`;
    case 'array':
      return `list${range(schema.minItems, schema.maxItems, ' entries')}`;
    case 'string':
      return schema.format === undefined ? text(schema) : (formats[schema.format] ?? schema.format);
    case undefined:
      return 'anything';
    default:
      return schema.type;
  }
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'UUID',
  'date-time': 'instant in UTC, ISO 8601 with milliseconds',
};

const text = ({ pattern, minLength, maxLength }: Schema): string =>
  pattern === undefined
    ? `text${range(minLength, maxLength, ' characters')}`
    : `text matching \`${pattern.replaceAll('|', '\\|')}\``;

/** Bounds that are only those of safe integers say nothing. */
function range(least: number | undefined, most: number | undefined, unit: string): string {
  const low = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least;
  const high = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most;
  if (low !== undefined && low === high) return `, ${low}${unit}`;
  if (low !== undefined && high !== undefined) return `, ${low} to ${high}${unit}`;
  if (high !== undefined) return `, at most ${high}${unit}`;
  return low === undefined ? '' : `, at least ${low}${unit}`;
}

await main();
