import { useSyncExternalStore } from 'react';

let announcement = '';
const listeners = new Set<() => void>();

/** Says something to who listens to the page instead of seeing it. */
export function announce(text: string): void {
  announcement = text;
  for (const listener of listeners) listener();
}

const onAnnouncement = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The place where announcements stand; once on every page. */
export function Announcer() {
  const text = useSyncExternalStore(onAnnouncement, () => announcement);
  return (
    <div role="log" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
