import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { parseSearch, type Search, stringifySearch } from './lib/search';
import { Shell } from './shell/Shell';
import { NotFound, PageError } from './shell/Wrong';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageError });

/** A page with its own file of code, loaded when somebody goes there. */
function page<const P extends string>(path: P, load: () => Promise<{ Page: ComponentType }>) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load, 'Page'),
    errorComponent: PageError,
    validateSearch: (search: Record<string, unknown>) => search as Search,
  });
}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/status', replace: true });
  },
});

const tree = root.addChildren([
  home,
  page('/status', () => import('./pages/status/Page')),
  page('/go-live', () => import('./pages/golive/Page')),
  page('/runs', () => import('./pages/runs/List')),
  page('/runs/$id', () => import('./pages/runs/Run')),
  page('/orders', () => import('./pages/orders/Page')),
  page('/orders/$key', () => import('./pages/order/Page')),
  page('/catalog/items', () => import('./pages/catalogue/Page')),
  page('/items', () => import('./pages/items/Page')),
  page('/items/$lightspeedItemId', () => import('./pages/items/Item')),
  page('/review', () => import('./pages/review/Page')),
  page('/settings/lightspeed', () => import('./pages/lightspeed/Page')),
  page('/settings/stores', () => import('./pages/stores/Page')),
  page('/settings/shown', () => import('./pages/shown/Page')),
  page('/settings/prices', () => import('./pages/prices/Page')),
  page('/settings/export', () => import('./pages/export/Page')),
  page('/settings/schedule', () => import('./pages/schedule/Page')),
  page('/settings/statuses', () => import('./pages/statuses/Page')),
  page('/alerts', () => import('./pages/alerts/Page')),
  page('/activity', () => import('./pages/activity/Page')),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: '/manage',
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
