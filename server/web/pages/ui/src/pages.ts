// Each page has its own file of code, loaded when somebody goes there.
export const pages = {
  '/status': () => import('./pages/status/Page'),
  '/go-live': () => import('./pages/golive/Page'),
  '/runs': () => import('./pages/runs/List'),
  '/runs/$id': () => import('./pages/runs/Run'),
  '/orders': () => import('./pages/orders/Page'),
  '/orders/$key': () => import('./pages/order/Page'),
  '/catalog/items': () => import('./pages/catalogue/Page'),
  '/items': () => import('./pages/items/Page'),
  '/items/$lightspeedItemId': () => import('./pages/items/Item'),
  '/review': () => import('./pages/review/Page'),
  '/settings/lightspeed': () => import('./pages/lightspeed/Page'),
  '/settings/stores': () => import('./pages/stores/Page'),
  '/settings/shown': () => import('./pages/shown/Page'),
  '/settings/prices': () => import('./pages/prices/Page'),
  '/settings/export': () => import('./pages/export/Page'),
  '/settings/schedule': () => import('./pages/schedule/Page'),
  '/settings/statuses': () => import('./pages/statuses/Page'),
  '/alerts': () => import('./pages/alerts/Page'),
  '/activity': () => import('./pages/activity/Page'),
};

/** The page at an address, as it is within the pages. */
export function pageAt(address: string): keyof typeof pages | undefined {
  const parts = address.split('/');
  return (Object.keys(pages) as (keyof typeof pages)[]).find((path) => {
    const wanted = path.split('/');
    return wanted.length === parts.length && wanted.every((w, i) => w === parts[i] || w.startsWith('$'));
  });
}
