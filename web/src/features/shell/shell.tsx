import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { ShoppingCart } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Announcer } from '../../ui/announcer.tsx';
import { buttonClasses } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import mark from '../../ui/mark.svg';
import { useCart } from '../cart/cart.ts';
import { JumpButton } from '../jump/jump-button.tsx';
import { useWasJumpOpened } from '../jump/jump-state.ts';
import { ViewerSwitch } from '../viewer/viewer-switch.tsx';
import { useViewer } from '../viewer/viewer-gate.tsx';
import { ConnectionBanner } from './connection-banner.tsx';

const Jump = lazy(() => import('../jump/jump.tsx').then(({ Jump }) => ({ default: Jump })));

/** What stands around every page. */
export function Shell() {
  const { isOperator } = useViewer();
  const wasJumpOpened = useWasJumpOpened();
  return (
    <>
      <a
        href="#content"
        className="sr-only rounded-md bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to the content
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-surface">
        <div className="flex h-[calc(3.5rem-1px)] items-center px-3 sm:gap-2 sm:px-4 lg:px-6">
          <Link
            to="/"
            className="mr-4 hidden items-center gap-2 rounded-md font-semibold text-ink sm:flex"
            aria-label="Holdfast"
          >
            <img src={mark} alt="" width={28} height={28} />
            <span className="hidden md:inline">Holdfast</span>
          </Link>
          <nav aria-label="Main" className="flex items-center sm:gap-1">
            <MainLink to="/" isExact>
              Shop
            </MainLink>
            <MainLink to="/orders">My orders</MainLink>
            {isOperator && <MainLink to="/console">Console</MainLink>}
          </nav>
          <div className="ml-auto flex items-center sm:gap-1">
            <JumpButton />
            <CartLink />
            <ViewerSwitch />
          </div>
        </div>
      </header>
      <Outlet />
      <ConnectionBanner />
      <Announcer />
      <Suspense>{wasJumpOpened && <Jump />}</Suspense>
    </>
  );
}

function MainLink({
  to,
  isExact = false,
  children,
}: {
  readonly to: '/' | '/orders' | '/console';
  readonly isExact?: boolean;
  readonly children: string;
}) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: isExact, includeSearch: false }}
      className="rounded-md px-2 py-1.5 text-sm font-medium whitespace-nowrap text-muted hover:bg-sunken sm:px-3"
      activeProps={{ className: 'bg-accent-soft text-ink!' }}
    >
      {children}
    </Link>
  );
}

function CartLink() {
  const { lines } = useCart();
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <Link
      to="/checkout"
      className={classes(buttonClasses('quiet', 'sm'), 'max-sm:px-2')}
      aria-label={`Cart: ${units} units`}
    >
      <ShoppingCart aria-hidden size={16} />
      <span className={classes('min-w-4 text-left', units === 0 && 'text-muted')}>{units}</span>
    </Link>
  );
}

/** The middle of a page, and where the link that skips to it leads. Made anew for each page, so that reading begins there. */
export function Content({
  width = 'page',
  children,
}: {
  readonly width?: 'page' | 'full';
  readonly children: React.ReactNode;
}) {
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <main
      key={pathname}
      id="content"
      tabIndex={-1}
      className={classes('px-4 py-6 outline-none lg:px-6', width === 'page' && 'mx-auto max-w-[80rem]')}
    >
      {children}
    </main>
  );
}
