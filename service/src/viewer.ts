import { GraphQLError } from 'graphql';

/** Who a request is for. */
export interface Viewer {
  readonly customerId: string;
  readonly isOperator: boolean;
}

/** The header by which the gateway tells a subgraph the viewer. */
export const VIEWER_HEADER = 'x-holdfast-viewer';

export const encodeViewer = (viewer: Viewer): string =>
  Buffer.from(JSON.stringify(viewer)).toString('base64url');

/** The viewer that a header names; null without a header. @throws GraphQLError BAD_USER_INPUT for one that cannot be read. */
export function decodeViewer(header: string | readonly string[] | undefined): Viewer | null {
  if (header === undefined) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(String(header), 'base64url').toString());
    const { customerId, isOperator } = value as Partial<Viewer>;
    if (typeof customerId === 'string' && typeof isOperator === 'boolean') return { customerId, isOperator };
  } catch {
    // Answered below, as for any other header that is none.
  }
  throw new GraphQLError(
    `${VIEWER_HEADER} cannot be read: base64url of {"customerId", "isOperator"} is expected`,
    {
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    },
  );
}

const forbidden = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });

/** @throws GraphQLError FORBIDDEN when the request is for nobody. */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (viewer === null) throw forbidden('This needs a viewer: the request is for nobody');
  return viewer;
}

/** @throws GraphQLError FORBIDDEN unless the viewer is an operator. */
export function requireOperator(viewer: Viewer | null): Viewer {
  const known = requireViewer(viewer);
  if (!known.isOperator) throw forbidden('This is for operators only');
  return known;
}
