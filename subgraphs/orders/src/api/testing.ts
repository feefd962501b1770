import { encodeViewer, VIEWER_HEADER, type Viewer } from '@holdfast/service';

/** Sends documents to a subgraph, each for the viewer it names. */
export const aClient =
  (url: string, viewer: Viewer | null) =>
  async <Data = unknown>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<{ data: Data; errors: readonly string[] }> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(viewer === null ? {} : { [VIEWER_HEADER]: encodeViewer(viewer) }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as {
      data: Data;
      errors?: { extensions: { code: string } }[];
    };
    return { data: answer.data, errors: (answer.errors ?? []).map(({ extensions }) => extensions.code) };
  };
