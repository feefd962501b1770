import { useEffect, useState } from 'react';
import { useConnection } from '../../graphql/connection.ts';
import { Age } from '../../ui/figures.tsx';

/** A moment without a connection is nothing to speak of. */
const QUIET_MS = 1_000;

/** Says that the live connection is away, for as long as it is. It lies over the page, so that nothing moves. */
export function ConnectionBanner() {
  const { state, since } = useConnection();
  const [lostSince, setLostSince] = useState<number | null>(null);
  useEffect(() => {
    if (state !== 'lost') return setLostSince(null);
    const timer = setTimeout(() => setLostSince(since), QUIET_MS);
    return () => clearTimeout(timer);
  }, [state, since]);
  if (lostSince === null) return null;
  return (
    <div
      role="status"
      className="fixed inset-x-0 bottom-4 z-40 mx-auto w-fit max-w-[calc(100vw-2rem)] animate-appear rounded-full border border-line bg-raised px-4 py-2 text-sm shadow-raised"
    >
      <span className="mr-2 inline-block size-2 animate-breathe rounded-full bg-pending" aria-hidden />
      Reconnecting. What you see is <Age since={lostSince} /> old; nothing is lost.
    </div>
  );
}
