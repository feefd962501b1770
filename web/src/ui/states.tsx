import { CloudOff, type LucideIcon, Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { Button } from './button.tsx';
import { classes } from './classes.ts';

interface StateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly icon?: LucideIcon;
  readonly action?: ReactNode;
}

/** Where there is nothing to show: what that means, and what to do about it. */
export function EmptyState({ title, children, icon: Icon = Inbox, action }: StateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      <Icon aria-hidden size={28} strokeWidth={1.5} className="text-muted" />
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="max-w-prose text-sm text-muted">{children}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}

/** Something could not be read: what happened, and a way to try again. */
export function ErrorState({
  what,
  error,
  onRetry,
}: {
  readonly what: string;
  readonly error: CombinedError;
  readonly onRetry?: () => void;
}) {
  return (
    <div role="alert">
      <EmptyState
        icon={CloudOff}
        title={what}
        action={onRetry && <Button onClick={onRetry}>Try again</Button>}
      >
        {errorText(error)}
      </EmptyState>
    </div>
  );
}

/** What went wrong, in words for a person. */
export function errorText(error: CombinedError): string {
  if (error.networkError) return 'Holdfast did not answer. It may be starting, or the network is away.';
  const first = error.graphQLErrors[0];
  if (first === undefined) return error.message;
  switch (first.extensions['code']) {
    case 'FORBIDDEN':
      return 'This is not for the viewer you are. Choose another viewer at the top of the page.';
    case 'RATE_LIMITED':
      return 'More was asked in a short time than one viewer may. It goes on by itself in a few seconds.';
    case 'SUBGRAPH_UNAVAILABLE':
      return 'A service that this needs does not answer just now.';
    case 'OVERLOADED':
      return 'Too much is waiting to be sent just now. Nothing was changed; try again in a moment.';
    case 'INTERNAL_SERVER_ERROR':
      return 'Something broke inside Holdfast. Nothing is known to have changed.';
    default:
      return first.message;
  }
}

/** Keeps the place of what is being read. Give it the size of what will stand there. */
export const Skeleton = ({ className }: { readonly className?: string }) => (
  <div aria-hidden className={classes('animate-breathe rounded-sm bg-sunken', className)} />
);

/** Says to who does not see it that something is being read, around skeletons. */
export const Loading = ({ what, children }: { readonly what: string; readonly children: ReactNode }) => (
  <div role="status" aria-label={`Loading ${what}`}>
    {children}
  </div>
);
