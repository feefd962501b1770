import { Link, useSearch } from '@tanstack/react-router';
import { PageTitle } from '../../ui/panel.tsx';
import { Content } from '../shell/shell.tsx';
import { ParkedMessages } from './parked-messages.tsx';
import { ServiceState } from './service-state.tsx';
import { services } from './services.ts';

/** How facts travel between the two services, and what could not be delivered. */
export function EventsPage() {
  const { parked } = useSearch({ from: '/console/events' });
  const state = parked === 'closed' ? 'CLOSED' : 'OPEN';
  return (
    <Content>
      <PageTitle
        title="Events"
        lead="How facts travel: what waits to be published, who carries it, and who reads what the other service stated."
      />
      <div className="grid gap-6 lg:grid-cols-2">
        <ServiceState service={services.orders} />
        <ServiceState service={services.inventory} />
      </div>
      <div className="mt-10 mb-4 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h2 className="text-lg">Parked messages</h2>
          <p className="mt-1 text-sm text-muted">
            What could not be handled after all attempts. It waits for a person, and holds up nothing else.
          </p>
        </div>
        <nav aria-label="Which parked messages" className="inline-flex rounded-md bg-sunken p-0.5">
          <StateLink isCurrent={state === 'OPEN'} search={{}}>
            Open
          </StateLink>
          <StateLink isCurrent={state === 'CLOSED'} search={{ parked: 'closed' }}>
            Closed
          </StateLink>
        </nav>
      </div>
      <div className="flex flex-col gap-6">
        <ParkedMessages key={`orders ${state}`} service={services.orders} state={state} />
        <ParkedMessages key={`inventory ${state}`} service={services.inventory} state={state} />
      </div>
    </Content>
  );
}

interface StateLinkProps {
  readonly isCurrent: boolean;
  readonly search: { readonly parked?: 'closed' };
  readonly children: string;
}

const StateLink = ({ isCurrent, search, children }: StateLinkProps) => (
  <Link
    to="/console/events"
    search={search}
    replace
    resetScroll={false}
    aria-current={isCurrent ? 'page' : undefined}
    className={`inline-flex min-h-8 items-center rounded-md px-3 text-sm font-medium ${
      isCurrent ? 'bg-surface text-ink outline outline-line' : 'text-muted hover:text-ink'
    }`}
  >
    {children}
  </Link>
);
