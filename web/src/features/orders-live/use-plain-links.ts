import { useRouter } from '@tanstack/react-router';
import { useEffect, type RefObject } from 'react';

/**
 * Lets plain links below an element go where they lead without loading the page again. The router's own links work out
 * their address with each rendering, which is too much for a row that shows another order with every scroll.
 */
export function usePlainLinks(frame: RefObject<HTMLElement | null>): void {
  const router = useRouter();
  useEffect(() => {
    const element = frame.current!;
    const follow = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      if (link === null || !isPlain) return;
      event.preventDefault();
      router.history.push(link.pathname);
    };
    element.addEventListener('click', follow);
    return () => element.removeEventListener('click', follow);
  }, [frame, router]);
}
