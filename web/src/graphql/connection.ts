import { useSyncExternalStore } from 'react';

/** How the live connection stands, and since when (milliseconds since the epoch). */
export interface Connection {
  readonly state: 'idle' | 'connecting' | 'live' | 'lost';
  readonly since: number;
}

const listeners = new Set<() => void>();
let connection: Connection = { state: 'idle', since: Date.now() };

export const currentConnection = (): Connection => connection;

export function setConnection(state: Connection['state']): void {
  if (state === connection.state) return;
  connection = { state, since: Date.now() };
  for (const listener of listeners) listener();
}

export function onConnectionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useConnection = (): Connection => useSyncExternalStore(onConnectionChange, currentConnection);
