import type { Client } from 'urql';
import type { SalePartsFragment } from '../../gql/graphql';
import { explain } from '../../kit/States';
import { number } from '../../lib/format';
import type { Changes, Dates } from '../../lib/sales';
import { m } from '../../paraglide/messages.js';
import { SaveSaleDates } from './documents';

export const datesOf = (p: SalePartsFragment): Dates => ({
  start: p.effectivePrice.saleStartDate ?? '',
  end: p.effectivePrice.saleEndDate ?? '',
});

const sent = ({ start, end }: Dates) => ({ startDate: start || null, endDate: end || null });

/** What the service says against the dates of a product. */
export type Refusal = {
  message: string;
  column: 'start' | 'end';
  /** As it is now, where its dates are others than the person saw. */
  now?: SalePartsFragment;
};

type Outcome = { ok: boolean; changed: number; message?: string; refused: ReadonlyMap<string, Refusal> };

/**
 * Saves the changed dates of a page: all of them, or none. What is wrong comes back as words, by product where it is about one.
 * `read` are the dates that the person saw: where others are there by now, the service refuses.
 */
export async function saveDates(client: Client, changes: Changes, read: ReadonlyMap<string, Dates>): Promise<Outcome> {
  const products = [...changes].map(([productId, dates]) => {
    const before = read.get(productId);
    return { productId, ...sent(dates), ...(before && { expected: sent(before) }) };
  });
  const { data, error } = await client.mutation(SaveSaleDates, { input: { products } }).toPromise();
  if (error) return { ok: false, changed: 0, message: explain(error).message, refused: new Map() };
  const refused = new Map<string, Refusal>();
  data?.saveSaleDates.results.forEach(({ product: now, userErrors }, i) => {
    const product = products[i]; // results come in the order of the input
    if (!product || userErrors.length === 0) return;
    refused.set(product.productId, {
      message: userErrors.map((e) => e.message).join(' '),
      column: userErrors.some((e) => e.field[0] === 'startDate') ? 'start' : 'end',
      ...(now && userErrors.some((e) => e.code === 'STALE_REVISION') && { now }),
    });
  });
  const message = data?.saveSaleDates.userErrors[0]?.message;
  return {
    ok: message === undefined && refused.size === 0,
    changed: data?.saveSaleDates.changed ?? 0,
    message,
    refused,
  };
}

/** Puts back what was there before, but for products whose dates somebody has changed since. It returns what to say of it, if anything. */
export async function undoDates(client: Client, before: Changes, saved: Changes): Promise<string | undefined> {
  const first = await saveDates(client, before, saved);
  const since = new Set([...first.refused].filter(([, r]) => r.now).map(([id]) => id));
  if (since.size === 0) return first.message;
  const rest = new Map([...before].filter(([id]) => !since.has(id)));
  const second = rest.size > 0 ? await saveDates(client, rest, saved) : undefined;
  return second?.message ?? m.dates_not_undone({ count: since.size, n: number(since.size) });
}
