import type { Viewer } from '@holdfast/service';
import type { InventoryApp } from '../app.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What the resolvers of one request share. */
export interface InventoryContext {
  readonly app: InventoryApp;
  /** Null when the request is for nobody. */
  readonly viewer: Viewer | null;
  readonly traceparent: string | null;
  /** Reads of one request, gathered: one statement a kind. */
  readonly loaders: Loaders;
}

export const createContext = (
  app: InventoryApp,
  viewer: Viewer | null,
  traceparent: string | null,
): InventoryContext => ({ app, viewer, traceparent, loaders: createLoaders(app, viewer) });
