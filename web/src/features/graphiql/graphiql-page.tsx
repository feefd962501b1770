import { ExternalLink, MessageSquareOff } from 'lucide-react';
import { Provider, useQuery } from 'urql';

import { buttonClasses } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { useViewer } from '../viewer/viewer-gate.tsx';

/** Its result is of no interest, only whether it is answered. */
const INTROSPECTION = '{ __schema { queryType { name } } }';

/** GraphiQL where the gateway serves it, which it does where it tells its schema. */
export const GraphiqlPage = () => (
  <Provider value={useUncachedClient()}>
    <main
      id="content"
      tabIndex={-1}
      className="flex h-[calc(100dvh-7rem)] min-w-0 flex-col overflow-hidden outline-none md:h-[calc(100dvh-3.5rem)]"
    >
      <Explorer />
    </main>
  </Provider>
);

function Explorer() {
  const { authentication } = useViewer();
  const [{ error, fetching }] = useQuery({ query: INTROSPECTION });
  if (fetching) return null;
  if (error) {
    return (
      <EmptyState icon={MessageSquareOff} title="GraphiQL is off here">
        This gateway does not tell its schema, as is wise in production. GRAPHQL_INTROSPECTION=on changes
        that.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="flex min-h-12 items-center justify-between gap-4 border-b border-line px-4 lg:px-6">
        <h1 className="text-sm font-semibold">GraphiQL</h1>
        {authentication === 'JWT' && (
          <p className="min-w-0 truncate text-sm text-muted">
            It asks as who its own header “authorization” names.
          </p>
        )}
        <a href="/graphiql" target="_blank" rel="noreferrer" className={buttonClasses('quiet', 'sm')}>
          Open it alone
          <ExternalLink aria-hidden size={14} />
        </a>
      </div>
      {/* oxlint-disable-next-line react/iframe-missing-sandbox -- it is this gateway's own page, and needs its origin */}
      <iframe
        src="/graphiql"
        title="GraphiQL, a page to write and try GraphQL"
        className="min-h-0 w-full flex-1 bg-white"
      />
    </>
  );
}
