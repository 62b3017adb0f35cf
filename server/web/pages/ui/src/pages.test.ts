import { expect, it } from 'vitest';
import { pageAt } from './pages';

it('finds the page at an address', () => {
  expect(pageAt('/status')).toBe('/status');
  expect(pageAt('/orders/web-1')).toBe('/orders/$key');
  expect(pageAt('/catalog/items')).toBe('/catalog/items');
  expect(pageAt('/orders/web-1/more')).toBeUndefined();
  expect(pageAt('/nowhere')).toBeUndefined();
});
