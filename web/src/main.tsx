import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { SessionProvider } from './features/viewer/session-provider.tsx';
import { router } from './router.tsx';
import './styles.css';

const RELOADED = 'holdfast-reloaded-at';
const RELOAD_AGAIN_AFTER_MS = 60_000;

// A part of a page whose file is gone, since a newer client was put in place, comes with the newer client. Where it stays
// away, the page says so instead of being loaded over and over.
addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < RELOAD_AGAIN_AFTER_MS) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
});

createRoot(document.getElementById('root')!).render(
  <SessionProvider>
    <RouterProvider router={router} />
  </SessionProvider>,
);
