import { VIEWER_HEADER, ViewerSeal, type Viewer } from '@holdfast/service';

/** What tests read from answers; what a document did not ask for is not there. */
export interface AnswerData {
  readonly placeOrder?: {
    readonly order: { readonly id: string; readonly destination?: unknown } | null;
    readonly problems?: readonly { readonly path: readonly string[] }[];
  };
  readonly countries?: readonly { readonly code: string }[];
  readonly order?: { readonly status: string } | null;
  readonly orders?: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly placedAt: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
  readonly ordersMessaging?: {
    readonly parked: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  };
  readonly orderTotals?: readonly unknown[];
  readonly _entities?: readonly unknown[];
}

export interface Answer {
  readonly data: AnswerData;
  /** The codes of its errors. */
  readonly errors: readonly string[];
}

/** Sends documents to a subgraph, each for the viewer it names. */
export const aClient =
  (url: string, viewer: Viewer | null) =>
  async (query: string, variables: Record<string, unknown> = {}): Promise<Answer> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(viewer === null ? {} : { [VIEWER_HEADER]: new ViewerSeal([]).write(viewer) }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as {
      data: AnswerData;
      errors?: { extensions: { code: string } }[];
    };
    return { data: answer.data, errors: (answer.errors ?? []).map(({ extensions }) => extensions.code) };
  };
