import { useState } from 'react';
import { formatCount } from './figures.tsx';

/** A live number. When it changes it is marked for a moment, and moves nothing. */
export function ChangingCount({ count }: { readonly count: number }) {
  const [shown, setShown] = useState({ count, changes: 0 });
  if (shown.count !== count) setShown({ count, changes: shown.changes + 1 });
  return (
    <span key={shown.changes} className={shown.changes > 0 ? 'animate-mark rounded-sm' : undefined}>
      {formatCount(count)}
    </span>
  );
}
