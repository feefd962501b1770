import type { ReactNode } from 'react';
import { classes } from './classes.ts';

interface PanelProps {
  readonly title?: ReactNode;
  /** Small things at the right of the title: a count, a button. */
  readonly aside?: ReactNode;
  readonly className?: string;
  /** Without room around the content, for a table or a map. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

/** A part of a page with a title of its own. */
export function Panel({ title, aside, className, isFlush = false, children }: PanelProps) {
  return (
    <section className={classes('min-w-0 overflow-clip rounded-lg border border-line bg-surface', className)}>
      {title !== undefined && (
        <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-2">
          <h2 className="text-sm">{title}</h2>
          {aside !== undefined && <div className="flex items-center gap-2 text-sm text-muted">{aside}</div>}
        </header>
      )}
      <div className={isFlush ? '' : 'p-4'}>{children}</div>
    </section>
  );
}

/** The top of a page: what it is, what it says of itself, and what can be done on it. */
export function PageTitle({
  title,
  lead,
  children,
}: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
      <div className="min-w-0">
        <h1 className="text-xl">{title}</h1>
        {lead !== undefined && <p className="mt-1 max-w-prose text-sm text-muted">{lead}</p>}
      </div>
      {children !== undefined && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </div>
  );
}
