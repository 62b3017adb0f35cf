import type { Client } from 'urql';
import { explain } from '../../kit/States';
import type { Changes } from '../../lib/sales';
import { SaveSaleDates } from './documents';

/** Saves the changed dates of a page: all of them, or none. What is wrong comes back as words, by product where it is about one. */
export async function saveDates(
  client: Client,
  changes: Changes,
): Promise<{ ok: boolean; message?: string; byProduct: ReadonlyMap<string, string> }> {
  const products = [...changes].map(([productId, { start, end }]) => ({
    productId,
    startDate: start || null,
    endDate: end || null,
  }));
  const { data, error } = await client.mutation(SaveSaleDates, { input: { products } }).toPromise();
  if (error) return { ok: false, message: explain(error).message, byProduct: new Map() };
  const byProduct = new Map<string, string>();
  data?.saveSaleDates.results.forEach(({ userErrors }, i) => {
    const product = products[i]; // results come in the order of the input
    if (product && userErrors.length > 0) byProduct.set(product.productId, userErrors.map((e) => e.message).join(' '));
  });
  const message = data?.saveSaleDates.userErrors[0]?.message;
  return {
    ok: message === undefined && byProduct.size === 0,
    message,
    byProduct,
  };
}
