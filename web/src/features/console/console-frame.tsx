import { Link, Outlet, useLocation, type LinkProps } from '@tanstack/react-router';
import {
  Activity,
  Boxes,
  FlaskConical,
  Lock,
  MapPinned,
  PackageCheck,
  Radio,
  SquareTerminal,
  type LucideIcon,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { EmptyState } from '../../ui/states.tsx';
import { Content } from '../shell/shell.tsx';
import { useViewer } from '../viewer/viewer-gate.tsx';

interface Place {
  readonly to: NonNullable<LinkProps['to']>;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly isDemo?: boolean;
}

const places: readonly Place[] = [
  { to: '/console/orders', name: 'Orders', icon: Activity },
  { to: '/console/inventory', name: 'Stock', icon: Boxes },
  { to: '/console/facilities', name: 'Facilities', icon: MapPinned },
  { to: '/console/reservations', name: 'Reservations', icon: PackageCheck },
  { to: '/console/events', name: 'Events', icon: Radio },
  { to: '/console/demo', name: 'Demo', icon: FlaskConical, isDemo: true },
  { to: '/console/graphiql', name: 'GraphiQL', icon: SquareTerminal },
];

/** What stands around the operator's pages: where one can go, at the left, or above on a narrow screen. */
export function ConsoleFrame() {
  const { isOperator, authentication } = useViewer();
  const nav = useRef<HTMLElement>(null);
  const pathname = useLocation({ select: (location) => location.pathname });
  useEffect(
    () => nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }),
    [pathname],
  );
  if (!isOperator) {
    return (
      <Content>
        <EmptyState icon={Lock} title="The console is for operators">
          You are a customer just now. Choose the operator at the top right, if you may.
        </EmptyState>
      </Content>
    );
  }
  const shown = places.filter(({ isDemo }) => !isDemo || authentication === 'OFF');
  return (
    <div className="md:grid md:grid-cols-[11.5rem_minmax(0,1fr)]">
      <nav
        ref={nav}
        aria-label="Console"
        className="flex gap-1 overflow-x-auto border-b border-line bg-surface px-3 py-2 md:sticky md:top-14 md:h-[calc(100dvh-3.5rem)] md:flex-col md:overflow-y-auto md:border-r md:border-b-0 md:py-4"
      >
        {shown.map(({ to, name, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ includeSearch: false }}
            className="flex items-center gap-2 rounded-md px-3 py-2 text-sm font-medium whitespace-nowrap text-muted hover:bg-sunken"
            activeProps={{ className: 'bg-accent-soft text-ink!' }}
          >
            <Icon aria-hidden size={16} />
            {name}
          </Link>
        ))}
      </nav>
      <div className="min-w-0">
        <Outlet />
      </div>
    </div>
  );
}
