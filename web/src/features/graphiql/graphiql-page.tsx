import { ExternalLink } from 'lucide-react';
import { buttonClasses } from '../../ui/button.tsx';

/** GraphiQL, which the gateway serves, over all the room there is; it speaks for the operator whatever the viewer is. */
export const GraphiqlPage = () => (
  <main
    id="content"
    tabIndex={-1}
    className="flex h-[calc(100dvh-7rem)] min-w-0 flex-col overflow-hidden outline-none md:h-[calc(100dvh-3.5rem)]"
  >
    <div className="flex min-h-12 items-center justify-between gap-4 border-b border-line px-4 lg:px-6">
      <h1 className="text-sm font-semibold">GraphiQL</h1>
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
  </main>
);
