import type { Client } from 'urql';
import type { SalePartsFragment } from '../../gql/graphql';
import { explain } from '../../kit/States';
import type { Changes, Dates } from '../../lib/sales';
import { SaveSaleDates } from './documents';

export const datesOf = (p: SalePartsFragment): Dates => ({
  start: p.effectivePrice.saleStartDate ?? '',
  end: p.effectivePrice.saleEndDate ?? '',
});

const sent = ({ start, end }: Dates) => ({ startDate: start || null, endDate: end || null });

type Outcome = { ok: boolean; message?: string; byProduct: ReadonlyMap<string, string> };

/**
 * Saves the changed dates of a page: all of them, or none. What is wrong comes back as words, by product where it is about one.
 * `read` are the dates that the person saw; where somebody has set others, the service refuses, and `read` then has those.
 */
export async function saveDates(client: Client, changes: Changes, read: Map<string, Dates>): Promise<Outcome> {
  const products = [...changes].map(([productId, dates]) => {
    const before = read.get(productId);
    return { productId, ...sent(dates), ...(before && { expected: sent(before) }) };
  });
  const { data, error } = await client.mutation(SaveSaleDates, { input: { products } }).toPromise();
  if (error) return { ok: false, message: explain(error).message, byProduct: new Map() };
  const byProduct = new Map<string, string>();
  data?.saveSaleDates.results.forEach(({ product: now, userErrors }, i) => {
    const product = products[i]; // results come in the order of the input
    if (!product || userErrors.length === 0) return;
    byProduct.set(product.productId, userErrors.map((e) => e.message).join(' '));
    if (now && userErrors.some((e) => e.code === 'STALE_REVISION')) read.set(product.productId, datesOf(now));
  });
  const message = data?.saveSaleDates.userErrors[0]?.message;
  return {
    ok: message === undefined && byProduct.size === 0,
    message,
    byProduct,
  };
}
