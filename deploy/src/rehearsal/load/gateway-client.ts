import { request } from 'node:http';

/** What came back for a request over HTTP. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface HttpQuestion {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** No answer in this time is a failed request. */
const ANSWER_WITHIN_MS = 30_000;

/** One request on a connection of its own. Rejects when the connection is refused or lost, and after 30 s. */
export function ask({ url, method = 'GET', headers = {}, body }: HttpQuestion): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers, agent: false, timeout: ANSWER_WITHIN_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    asking.once('timeout', () => asking.destroy(new Error(`no answer in ${ANSWER_WITHIN_MS / 1_000} s`)));
    asking.once('error', reject);
    asking.end(body);
  });
}

/** An operation as the bearer of a token; its data. Rejects when the answer is anything but data without errors. */
export async function askGraphql<Data>(
  url: string,
  token: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const { status, text } = await ask({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = parse(text);
  if (status !== 200 || answer.data === undefined || answer.errors !== undefined) {
    throw new Error(`HTTP ${status}: ${text.slice(0, 400)}`);
  }
  return answer.data as Data;
}

function parse(text: string): { data?: unknown; errors?: unknown } {
  try {
    return JSON.parse(text) as { data?: unknown; errors?: unknown };
  } catch {
    return {};
  }
}
