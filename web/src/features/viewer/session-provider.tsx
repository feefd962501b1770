import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Provider, type Client } from 'urql';
import { openClient, type SessionClient } from '../../graphql/client.ts';
import { currentSession, isSessionRefused, onSessionChange } from '../../graphql/session.ts';
import { SignIn } from './sign-in.tsx';
import { ViewerGate } from './viewer-gate.tsx';

const UncachedClient = createContext<Client | null>(null);

/** The client that keeps nothing, for pages that hold what they show themselves. */
export function useUncachedClient(): Client {
  const client = use(UncachedClient);
  if (client === null) throw new Error('There is no session around this component');
  return client;
}

/** Everything below it speaks for one session, and is made anew when that changes. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const session = useSyncExternalStore(onSessionChange, currentSession);
  const isRefused = useSyncExternalStore(onSessionChange, isSessionRefused);
  const [opened, setOpened] = useState<{ of: typeof session; client: SessionClient } | null>(null);

  useEffect(() => {
    const client = openClient(session);
    setOpened({ of: session, client });
    return () => client.dispose();
  }, [session]);

  if (isRefused) return <SignIn />;
  if (opened === null || opened.of !== session) return null;
  const { urql, uncached } = opened.client;
  return (
    <UncachedClient value={uncached}>
      <Provider value={urql}>
        <ViewerGate>{children}</ViewerGate>
      </Provider>
    </UncachedClient>
  );
}
