import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { parseCatalogueSearch } from './features/catalogue/catalogue-search.ts';
import { CataloguePage } from './features/catalogue/catalogue-page.tsx';
import { parseEventsSearch } from './features/events/events-search.ts';
import { parseInventorySearch } from './features/inventory/inventory-search.ts';
import { parseOrdersSearch } from './features/orders-live/orders-search.ts';
import { parseReservationsSearch } from './features/reservations/reservations-search.ts';
import { NotFoundPage, PageFailure } from './features/shell/failures.tsx';
import { Shell } from './features/shell/shell.tsx';

/** Every page, with what its address may say. Pages other than the shop's first are loaded when they are visited. */
const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: PageFailure,
});

const catalogue = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: parseCatalogueSearch,
  component: CataloguePage,
});
const checkout = createRoute({
  getParentRoute: () => root,
  path: '/checkout',
  component: lazyRouteComponent(() => import('./features/checkout/checkout-page.tsx'), 'CheckoutPage'),
});
const myOrders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  component: lazyRouteComponent(() => import('./features/my-orders/my-orders-page.tsx'), 'MyOrdersPage'),
});
const tracker = createRoute({
  getParentRoute: () => root,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./features/tracker/tracker-page.tsx'), 'TrackerPage'),
});

const consoleFrame = createRoute({
  getParentRoute: () => root,
  path: '/console',
  component: lazyRouteComponent(() => import('./features/console/console-frame.tsx'), 'ConsoleFrame'),
});
const consoleHome = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/console/orders', replace: true });
  },
});
const ordersLive = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/orders',
  validateSearch: parseOrdersSearch,
  component: lazyRouteComponent(
    () => import('./features/orders-live/orders-live-page.tsx'),
    'OrdersLivePage',
  ),
});
const orderStory = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/orders/$orderId',
  component: lazyRouteComponent(
    () => import('./features/order-story/order-story-page.tsx'),
    'OrderStoryPage',
  ),
});
const inventory = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/inventory',
  validateSearch: parseInventorySearch,
  component: lazyRouteComponent(() => import('./features/inventory/inventory-page.tsx'), 'InventoryPage'),
});
const productStock = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/inventory/$sku',
  component: lazyRouteComponent(() => import('./features/inventory/product-page.tsx'), 'ProductPage'),
});
const facilities = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/facilities',
  component: lazyRouteComponent(() => import('./features/facilities/facilities-page.tsx'), 'FacilitiesPage'),
});
const facility = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/facilities/$facilityId',
  component: lazyRouteComponent(() => import('./features/facilities/facility-page.tsx'), 'FacilityPage'),
});
const reservations = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/reservations',
  validateSearch: parseReservationsSearch,
  component: lazyRouteComponent(
    () => import('./features/reservations/reservations-page.tsx'),
    'ReservationsPage',
  ),
});
const events = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/events',
  validateSearch: parseEventsSearch,
  component: lazyRouteComponent(() => import('./features/events/events-page.tsx'), 'EventsPage'),
});
const demo = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/demo',
  component: lazyRouteComponent(() => import('./features/demo/demo-page.tsx'), 'DemoPage'),
});
const graphiql = createRoute({
  getParentRoute: () => consoleFrame,
  path: '/graphiql',
  component: lazyRouteComponent(() => import('./features/graphiql/graphiql-page.tsx'), 'GraphiqlPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    catalogue,
    checkout,
    myOrders,
    tracker,
    consoleFrame.addChildren([
      consoleHome,
      ordersLive,
      orderStory,
      inventory,
      productStock,
      facilities,
      facility,
      reservations,
      events,
      demo,
      graphiql,
    ]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
