import { createContext, use, type ReactNode } from 'react';
import { useQuery } from 'urql';
import type { Authentication } from '../../graphql/schema.generated.ts';
import { ErrorState } from '../../ui/states.tsx';
import { ViewerDocument } from './viewer.generated.ts';

export interface Viewer {
  readonly customerId: string;
  readonly isOperator: boolean;
  readonly authentication: Authentication;
}

const ViewerContext = createContext<Viewer | null>(null);

/** Who looks at the page. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (viewer === null) throw new Error('There is no viewer around this component');
  return viewer;
}

/** Shows its children to a viewer that the API knows. */
export function ViewerGate({ children }: { readonly children: ReactNode }) {
  const [{ data, error }, ask] = useQuery({ query: ViewerDocument });
  if (data?.viewer) {
    const viewer = { ...data.viewer, authentication: data.authentication ?? 'OFF' };
    return <ViewerContext value={viewer}>{children}</ViewerContext>;
  }
  if (error) {
    return (
      <ErrorState
        what="Holdfast cannot be reached"
        error={error}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
      />
    );
  }
  return null;
}
