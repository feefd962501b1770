import type { Viewer } from '@holdfast/service';
import type { OrdersApp } from '../app.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What the resolvers of one request share. */
export interface OrdersContext {
  readonly app: OrdersApp;
  /** Null when the request is for nobody. */
  readonly viewer: Viewer | null;
  readonly traceparent: string | null;
  /** Reads of one request, gathered: one statement a kind. */
  readonly loaders: Loaders;
}

export const createContext = (
  app: OrdersApp,
  viewer: Viewer | null,
  traceparent: string | null,
): OrdersContext => ({ app, viewer, traceparent, loaders: createLoaders(app, viewer) });
