import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { parseSearch, type Search, stringifySearch } from './lib/search';
import { pages } from './pages';
import { Shell } from './shell/Shell';
import { NotFound, PageError } from './shell/Wrong';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageError });

function page<const P extends keyof typeof pages>(path: P) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(pages[path] as () => Promise<{ Page: ComponentType }>, 'Page'),
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
  page('/status'),
  page('/go-live'),
  page('/runs'),
  page('/runs/$id'),
  page('/orders'),
  page('/orders/$key'),
  page('/catalog/items'),
  page('/items'),
  page('/items/$lightspeedItemId'),
  page('/review'),
  page('/settings/lightspeed'),
  page('/settings/stores'),
  page('/settings/shown'),
  page('/settings/prices'),
  page('/settings/export'),
  page('/settings/schedule'),
  page('/settings/statuses'),
  page('/alerts'),
  page('/activity'),
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
