import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';

interface TableKeys {
  /** The row that the tabulator key leads to; null for the first one in view. */
  readonly activeIndex: number | null;
  /** Whether somebody walks through the rows by keyboard. */
  readonly isWalking: boolean;
}

/** Arrows, Page Up and Down, Home and End lead from row to row; `reveal` brings one into view. */
export function useTableKeys(
  frame: RefObject<HTMLElement | null>,
  { count, pageSize, reveal }: { count: number; pageSize: number; reveal: (index: number) => void },
): TableKeys {
  const [activeIndex, setActiveIndex] = useState<number | null>(null);
  const [isWalking, setIsWalking] = useState(false);
  const wanted = useRef<number | null>(null);

  const focusWanted = (): void => {
    if (wanted.current === null) return;
    const link = frame.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] a`);
    if (!link) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
  };
  useEffect(focusWanted);

  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    const index = indexOf(event.target);
    if (index === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextIndex(event.key, index, pageSize, count);
    if (next === null) return;
    event.preventDefault();
    wanted.current = Math.max(0, Math.min(count - 1, next));
    setActiveIndex(wanted.current);
    reveal(wanted.current);
  });
  const onFocusIn = useEffectEvent(({ target }: FocusEvent): void => {
    const index = indexOf(target);
    if (index === null || !(target as Element).matches(':focus-visible')) return;
    setActiveIndex(index);
    setIsWalking(true);
  });
  const onFocusOut = useEffectEvent(({ relatedTarget }: FocusEvent): void => {
    if (indexOf(relatedTarget) === null && wanted.current === null) setIsWalking(false);
  });
  useEffect(() => {
    const element = frame.current!;
    const listening = new AbortController();
    const { signal } = listening;
    element.addEventListener('keydown', (event) => onKeyDown(event), { signal });
    element.addEventListener('focusin', (event) => onFocusIn(event), { signal });
    element.addEventListener('focusout', (event) => onFocusOut(event), { signal });
    return () => listening.abort();
  }, [frame]);
  return { activeIndex, isWalking };
}

function nextIndex(key: string, index: number, pageSize: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + pageSize;
    case 'PageUp':
      return index - pageSize;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** The index of the row around an element; null outside of rows. */
function indexOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row === null ? null : Number(row.dataset['index']);
}
