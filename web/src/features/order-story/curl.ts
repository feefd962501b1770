import type { Session } from '../../graphql/session.ts';

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * A `curl` command for a POSIX shell that asks the gateway at `origin` the same as the same viewer. A token is no part of
 * it: it is taken from the shell's HOLDFAST_TOKEN, so that it stays out of the clipboard and of the shell's history.
 */
export function curlCommand(origin: string, { query, variables }: Question, session: Session): string {
  const body = JSON.stringify({ query: query.replaceAll(/\s+/g, ' ').trim(), variables });
  return [
    `curl -sS ${quoted(`${origin}/graphql`)}`,
    `-H ${quoted('content-type: application/json')}`,
    ...viewerHeader(session),
    `--data-raw ${quoted(body)}`,
  ].join(' \\\n  ');
}

function viewerHeader(session: Session): readonly string[] {
  switch (session.kind) {
    case 'customer':
      return [`-H ${quoted(`x-holdfast-customer: ${session.customer}`)}`];
    case 'token':
      return ['-H "authorization: Bearer $HOLDFAST_TOKEN"'];
    case 'default':
      return [];
  }
}

/** Between single quotes a shell takes everything as it is, but for the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
