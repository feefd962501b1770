import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** One rule: files that match `of` may import what `allowed` matches, of the kinds of import that `about` matches. */
interface ImportRule {
  readonly says: string;
  readonly of: RegExp;
  readonly about: RegExp;
  readonly allowed: RegExp;
}

/** One rule on the text of files: `forbidden` stands in none that match `of`. */
interface TextRule {
  readonly says: string;
  readonly of: RegExp;
  readonly forbidden: RegExp;
}

const ANY = /./;
const NONE = /(?!)/;

/** Imports are seen as the path of the imported file from the root, or as the name of a package. */
const importRules: readonly ImportRule[] = [
  {
    says: 'domain imports its own folder only',
    of: /^subgraphs\/\w+\/src\/domain\/(?!.*\.test\.ts$)/,
    about: ANY,
    allowed: /^subgraphs\/\w+\/src\/domain\//,
  },
  {
    says: 'commands, consumers, queries and store know nothing of the API or of GraphQL',
    of: /^subgraphs\/\w+\/src\/(commands|consumers|queries|store)\/(?!.*\.test\.ts$)/,
    about: /\/src\/api\/|^graphql$|^@apollo\//,
    allowed: NONE,
  },
  {
    says: 'resolvers reach rows through commands and queries, not through the store',
    of: /^subgraphs\/\w+\/src\/api\/(?!.*\.test\.ts$)/,
    about: /\/src\/store\//,
    allowed: NONE,
  },
  {
    says: 'a workspace reaches another through its package, and never a subgraph, gateway or cli',
    of: /^(messaging|service|servers|subgraphs|gateway|web)\/(?!.*\.test\.ts$)/,
    about: /^@holdfast\//,
    allowed: /^@holdfast\/(messaging|service|servers)(\/|$)/,
  },
  {
    says: 'who checks a history shares no code with the system that made it',
    of: /^prove\/src\/check\//,
    about: /^@holdfast\//,
    allowed: NONE,
  },
  {
    says: 'only gateway depends on the Elastic-licensed packages',
    of: /^(?!gateway\/)/,
    about: /^@apollo\/(gateway|composition|query-planner|federation-internals)/,
    allowed: NONE,
  },
];

const textRules: readonly TextRule[] = [
  {
    says: 'only relay publishes to the stream',
    of: /^(messaging|service|subgraphs|gateway)\/(?!.*(\.test\.ts|testing|test-programs).*$)(?!messaging\/src\/relay)/,
    forbidden: /\b(js|jetStream|jetstream)\.publish\(/,
  },
  {
    says: 'config.ts alone reads the environment, which main.ts or a job hands to it',
    of: /^(messaging|service|subgraphs\/\w+|gateway)\/src\/(?!.*(\.test|main|migrate|topology-job|config|workbench)\.ts$)/,
    forbidden: /process\.env\b(?!\['APOLLO_TELEMETRY_DISABLED'\] = )/,
  },
];

const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g;

const seenAs = (file: string, specifier: string): string =>
  specifier.startsWith('.') ? relative('.', join(dirname(file), specifier)) : specifier;

const workspaceOf = (path: string): string => /^(subgraphs\/\w+|\w+)\//.exec(path)?.[1] ?? '';

const files = globSync(
  '{messaging,service,servers,subgraphs,gateway,cli,e2e,web,deploy,prove}/**/*.{ts,tsx}',
  {
    exclude: (name) => name === 'node_modules' || name.endsWith('.generated.ts'),
  },
);
if (files.length < 20)
  throw new Error(`Only ${files.length} files were looked at: the check would pass whatever they say`);

const violations = files.flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(IMPORT)].map((match) => seenAs(file, match[1]!));
  return [
    ...imports
      .filter((path) => path.includes('/src/') && workspaceOf(path) !== workspaceOf(file))
      .map((path) => `${file} imports ${path}: another workspace is reached through its package`),
    ...importRules
      .filter((rule) => rule.of.test(file))
      .flatMap((rule) =>
        imports
          .filter((path) => rule.about.test(path) && !rule.allowed.test(path))
          .map((path) => `${file} imports ${path}: ${rule.says}`),
      ),
    ...textRules
      .filter((rule) => rule.of.test(file) && rule.forbidden.test(text))
      .map((rule) => `${file}: ${rule.says}`),
  ];
});

for (const violation of violations) console.error(violation);
console.log(`boundaries: ${files.length} files, ${violations.length} violations`);
process.exitCode = violations.length > 0 ? 1 : 0;
