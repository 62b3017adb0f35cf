import type { Client } from 'urql';
import type { OrderWhere } from '../../gql/graphql';
import { explain } from '../../kit/States';
import { ChangeStatus, ExportOrders, MarkRefundsDone, RetryExports } from './documents';

/** The orders that an act is for: the selected ones, or all that the filters find, as many as the person has seen. */
export type Selection = { orderIds: string[] } | { where: OrderWhere; expectedCount: number };

/** What became of an act on many orders: how many it worked for, and why not for the others. */
export type Outcome = { done: number; refused: { number: string; message: string }[]; error?: string };

const batch = 250; // orders that one call names
export const most = 1_000; // orders that a filter may find for one call

type Answer = {
  results: readonly { order?: { number: string } | null; userErrors: readonly { message: string }[] }[];
  userErrors: readonly { message: string }[];
};

type Sent = { answer?: Answer; error?: string };

async function inBatches(chosen: Selection, send: (some: Selection) => Promise<Sent>): Promise<Outcome> {
  const outcome: Outcome = { done: 0, refused: [] };
  const parts: Selection[] = [];
  if ('where' in chosen) parts.push(chosen);
  else
    for (let i = 0; i < chosen.orderIds.length; i += batch)
      parts.push({ orderIds: chosen.orderIds.slice(i, i + batch) });
  for (const part of parts) {
    const { answer, error } = await send(part);
    // What was done before stays done; the same act can be sent again.
    if (!answer || answer.userErrors[0]) return { ...outcome, error: error ?? answer?.userErrors[0]?.message };
    for (const r of answer.results) {
      if (r.userErrors.length === 0) outcome.done++;
      else
        outcome.refused.push({ number: r.order?.number ?? '', message: r.userErrors.map((e) => e.message).join(' ') });
    }
  }
  return outcome;
}

export const exportAll = (client: Client, chosen: Selection): Promise<Outcome> =>
  inBatches(chosen, async (input) => {
    const { data, error } = await client.mutation(ExportOrders, { input }).toPromise();
    return { answer: data?.exportOrders, error: error && explain(error).message };
  });

export const retryAll = (client: Client, chosen: Selection): Promise<Outcome> =>
  inBatches(chosen, async (input) => {
    const { data, error } = await client.mutation(RetryExports, { input }).toPromise();
    return { answer: data?.retryExports, error: error && explain(error).message };
  });

export const refundsDone = (client: Client, chosen: Selection): Promise<Outcome> =>
  inBatches(chosen, async (input) => {
    const { data, error } = await client.mutation(MarkRefundsDone, { input }).toPromise();
    return { answer: data?.markRefundsDone, error: error && explain(error).message };
  });

export const setStatus = (client: Client, chosen: Selection, statusId: string): Promise<Outcome> =>
  inBatches(chosen, async (some) => {
    const { data, error } = await client.mutation(ChangeStatus, { input: { ...some, statusId } }).toPromise();
    return { answer: data?.changeOrderStatus, error: error && explain(error).message };
  });
