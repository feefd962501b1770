import { useSyncExternalStore } from 'react';

let isOpen = false;
let wasOpened = false;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  isOpen = next;
  wasOpened ||= next;
  for (const listener of listeners) listener();
}

export const openJump = (): void => set(true);
export const closeJump = (): void => set(false);

const onChange = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useIsJumpOpen = (): boolean => useSyncExternalStore(onChange, () => isOpen);

/** Whether it was ever opened, and so has to be loaded. */
export const useWasJumpOpened = (): boolean => useSyncExternalStore(onChange, () => wasOpened);

addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
    return;
  event.preventDefault();
  set(!isOpen);
});
