import type { ReactNode } from 'react';
import { classes } from './classes.ts';

interface TableProps {
  /** For screen readers: what the rows are. */
  readonly caption: string;
  /** With rows of more room, for names of two lines that stand beside a bar. */
  readonly isRoomy?: boolean;
  /** Without room at the left and right of each cell. */
  readonly isTight?: boolean;
  readonly className?: string;
  /** `Columns`, then one `tbody` or several. */
  readonly children: ReactNode;
}

/** A table as wide as its place, whose columns take the widths that their titles ask for. */
export const Table = ({ caption, isRoomy = false, isTight = false, className, children }: TableProps) => (
  <table
    className={classes(
      'w-full table-fixed text-left text-sm',
      isRoomy && '[--row-room:0.75rem]',
      isTight && '[--cell-room:0rem]',
      className,
    )}
  >
    <caption className="sr-only">{caption}</caption>
    {children}
  </table>
);

/** The line of a table that names its columns. */
export const Columns = ({ children }: { readonly children: ReactNode }) => (
  <thead className="text-xs text-muted">
    <tr className="border-b border-line">{children}</tr>
  </thead>
);

/** Shown when the window is at least this wide. */
type From = 'sm' | 'md' | 'lg' | 'xl';

const shownFrom: Readonly<Record<From, string>> = {
  sm: 'hidden sm:table-cell',
  md: 'hidden md:table-cell',
  lg: 'hidden lg:table-cell',
  xl: 'hidden xl:table-cell',
};

interface CellProps {
  /** The same for a column's title and its cells. */
  readonly from?: From;
  /** Stands at the right. */
  readonly isNumber?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

interface ColumnProps extends CellProps {
  /** Only for screen readers. */
  readonly isSpoken?: boolean;
}

/** The title of a column; its `className` says how wide the column is. */
export const Column = ({ from, isNumber = false, isSpoken = false, className, children }: ColumnProps) => (
  <th
    scope="col"
    className={classes(
      'px-(--cell-room,1rem) py-2 font-medium',
      from && shownFrom[from],
      isNumber && 'text-right',
      className,
    )}
  >
    {isSpoken ? <span className="sr-only">{children}</span> : children}
  </th>
);

/** One value of a row. */
export const Cell = ({ from, isNumber = false, className, children }: CellProps) => (
  <td
    className={classes(
      'px-(--cell-room,1rem) py-(--row-room,0.5rem)',
      from && shownFrom[from],
      isNumber && 'text-right',
      className,
    )}
  >
    {children}
  </td>
);
