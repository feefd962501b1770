import { useEffect, useState, type RefObject } from 'react';

/** What lies this near to the window counts as in view, so that it is live before it is seen. */
const MARGIN = '240px 0px';
const SETTLED_AFTER_MS = 120;

/** The ids of those elements of a list that are in view, once scrolling has settled. An element tells its id as `data-id`. */
export function useInView(list: RefObject<HTMLElement | null>, ids: readonly string[]): readonly string[] {
  const [inView, setInView] = useState<ReadonlySet<string>>(new Set());
  const shown = JSON.stringify(ids);
  useEffect(() => {
    const seen = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const id = (target as HTMLElement).dataset['id'];
          if (id !== undefined) seen[isIntersecting ? 'add' : 'delete'](id);
        }
        clearTimeout(timer);
        timer = setTimeout(() => setInView(new Set(seen)), SETTLED_AFTER_MS);
      },
      { rootMargin: MARGIN },
    );
    for (const element of list.current?.querySelectorAll('[data-id]') ?? []) observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [list, shown]);
  return ids.filter((id) => inView.has(id));
}
