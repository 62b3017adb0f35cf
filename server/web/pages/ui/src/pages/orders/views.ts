import type { BlockerCode, CountsFragment, ExportState, OrderPaymentState, OrderWhere } from '../../gql/graphql';
import type { Tone } from '../../kit/Pill';
import type { Search } from '../../lib/search';
import { m } from '../../paraglide/messages.js';

/** The lists that the orders are in, by what is to be done about them. */
export type View = 'ready' | 'held' | 'underway' | 'failed' | 'exported' | 'refund' | 'all';

export const views: readonly View[] = ['ready', 'held', 'underway', 'failed', 'exported', 'refund', 'all'];

export const viewOf = (search: Search): View => views.find((v) => v === search.view) ?? 'ready';

export const viewWords: Record<View, () => string> = {
  ready: m.orders_ready,
  held: m.orders_held,
  underway: m.orders_underway,
  failed: m.orders_failed,
  exported: m.orders_exported,
  refund: m.orders_refund,
  all: m.orders_all,
};

const tones: Partial<Record<View, Tone>> = { held: 'warn', failed: 'bad', refund: 'warn' };

/** What holds an order back of itself, in contrast to the site's settings, which hold all of them back. */
export const ownBlockers: readonly BlockerCode[] = [
  'BALANCE_DUE',
  'UNLINKED_PRODUCT',
  'PAYMENT_NOT_CAPTURED',
  'REFUNDED',
  'OVERPAID',
  'TOTAL_MISMATCH',
  'FRACTIONAL_QUANTITY',
  'TOO_MANY_LINES',
  'NEGATIVE_TOTAL',
  'AMOUNT_TOO_LARGE',
  'NO_LINES',
  'CANCELLED',
  'PAYMENT_TYPE_ARCHIVED',
  'CUSTOMER_REQUIRED',
  'ORDER_REFUSED',
];

export const paymentWords: Record<OrderPaymentState, () => string> = {
  UNPAID: m.paid_not,
  PARTLY_PAID: m.paid_partly,
  PAID: m.paid,
  OVERPAID: m.blk_overpaid,
  PARTLY_REFUNDED: m.paid_partly_refunded,
  REFUNDED: m.blk_refunded,
};

export const payments = Object.keys(paymentWords) as OrderPaymentState[];

const underway: ExportState[] = ['QUEUED', 'SENDING', 'UNCONFIRMED'];

/** The filter of a list. With `stopped` a setting of the site holds every order back. */
export function whereOf(search: Search, stopped: boolean): OrderWhere {
  const where: OrderWhere = {
    ...(search.q && { search: search.q }),
    ...(search.status && { statusIds: [search.status] }),
    ...(search.paid && { paymentStates: [search.paid as OrderPaymentState] }),
    ...(search.from && { placedFromDate: search.from }),
    ...(search.to && { placedToDate: search.to }),
  };
  switch (viewOf(search)) {
    case 'ready':
      return { ...where, exportRequested: false, ...(!stopped && { blocked: false }) };
    case 'held':
      if (search.why) return { ...where, blockers: [search.why as BlockerCode] };
      return stopped ? { ...where, blockers: [...ownBlockers] } : { ...where, blocked: true };
    case 'underway':
      return { ...where, exportStates: underway };
    case 'failed':
      return { ...where, exportStates: ['FAILED'] };
    case 'exported':
      return { ...where, exportStates: ['EXPORTED'] };
    case 'refund':
      return { ...where, refundOpen: true };
    case 'all':
      return where;
  }
}

type Figures = Pick<CountsFragment, 'states' | 'ready' | 'refundOpen'>;

/** How many orders each list has. */
export function viewCount(view: View, counts: Figures): number {
  const of = (...states: (ExportState | null)[]) =>
    counts.states.filter((s) => states.includes(s.state ?? null)).reduce((sum, s) => sum + s.count, 0);
  switch (view) {
    case 'ready':
      return counts.ready;
    case 'held':
      return Math.max(0, of(null) - counts.ready) + of('BLOCKED');
    case 'underway':
      return of(...underway);
    case 'failed':
      return of('FAILED');
    case 'exported':
      return of('EXPORTED');
    case 'refund':
      return counts.refundOpen;
    case 'all':
      return counts.states.reduce((sum, s) => sum + s.count, 0);
  }
}

/** How many orders need a person. */
export const toDo = (counts: Figures): number =>
  viewCount('held', counts) + viewCount('failed', counts) + viewCount('refund', counts);

export const toneOf = (view: View, count: number): Tone | undefined => (count > 0 ? tones[view] : undefined);
