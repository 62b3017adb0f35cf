import type { PosItemWhere, ReasonCode } from '../../gql/graphql';
import type { Search } from '../../lib/search';
import { m } from '../../paraglide/messages.js';

/** Short words for a reason; the API's message says it in full. */
export const reasonWords: Record<ReasonCode, () => string> = {
  ARCHIVED: m.rsn_archived,
  NOT_IN_CATALOGUE: m.rsn_not_in_catalogue,
  MATCH_CONFLICT: m.rsn_conflict,
  MATCH_UNCONFIRMED: m.rsn_unconfirmed,
  NO_COST: m.rsn_no_cost,
  NO_MSRP: m.rsn_no_msrp,
  NO_IDENTIFIER: m.rsn_no_identifier,
  NO_GTIN: m.rsn_no_gtin,
  INVALID_UPC: m.rsn_invalid_upc,
  INVALID_EAN: m.rsn_invalid_ean,
  NO_MPN: m.rsn_no_mpn,
  NO_BRAND: m.rsn_no_brand,
  NO_MAPPED_SHOP: m.rsn_no_mapped,
  NO_RULE_ENABLED: m.rsn_no_rule,
  NO_RULE_MET: m.rsn_no_rule_met,
  NON_INVENTORY: m.rsn_non_inventory,
  COMPONENTS_UNKNOWN: m.rsn_components_unknown,
  COMPONENTS_SHORT: m.rsn_components_short,
};

/** The lists: what there is to sell and is not linked comes first. */
export type View = 'unlinked' | 'stock' | 'hidden' | 'shown' | 'warnings' | 'every';

/** The lists of a site. Before it is live nothing is shown, and with warnings neither. */
export const viewsOf = (live: boolean): readonly View[] =>
  live
    ? ['unlinked', 'stock', 'hidden', 'shown', 'warnings', 'every']
    : ['unlinked', 'stock', 'hidden', 'shown', 'every'];

export const viewOf = (search: Search, live: boolean): View =>
  viewsOf(live).find((v) => v === search.view) ?? 'unlinked';

export const viewWords: Record<View, (live: boolean) => string> = {
  unlinked: () => m.hidden_unlinked(),
  stock: (live) => (live ? m.hidden_stock() : m.hidden_stock_later()),
  hidden: (live) => (live ? m.hidden_all() : m.hidden_all_later()),
  shown: (live) => (live ? m.hidden_shown() : m.hidden_linked()),
  warnings: () => m.hidden_warnings(),
  every: () => m.hidden_every(),
};

/** What is not shown; before the site is live, what will not be, because some reason keeps it off. */
const off = (live: boolean): PosItemWhere =>
  live ? { displayed: false } : { blockingReasons: Object.keys(reasonWords) as ReasonCode[] };

const ofView: Record<View, (live: boolean) => PosItemWhere> = {
  unlinked: () => ({ inStock: true, linked: false }),
  stock: (live) => ({ inStock: true, ...off(live) }),
  hidden: off,
  // Nothing finds just what will be shown, but only what is linked can be, and each row says whether it will.
  shown: (live) => (live ? { displayed: true } : { linked: true }),
  warnings: () => ({ displayed: true }),
  every: () => ({}),
};

/** The filter of a list without the chosen reason, for the counts of reasons. */
export function whereOf(search: Search, live: boolean): PosItemWhere {
  return {
    ...ofView[viewOf(search, live)](live),
    ...(search.q && { search: search.q }),
    ...(search.brand && { brand: search.brand }),
  };
}

/** With the reason. The list of warnings needs one, else it would have everything that is shown. */
export const withReason = (
  where: PosItemWhere,
  reason: string | undefined,
  any: readonly ReasonCode[],
): PosItemWhere =>
  reason ? { ...where, reasons: [reason as ReasonCode] } : any.length > 0 ? { ...where, reasons: [...any] } : where;

/** The address of the CSV file with the same rows. */
export function csvQuery(where: PosItemWhere): string {
  const params = new URLSearchParams();
  for (const key of ['displayed', 'inStock', 'linked', 'search', 'brand'] as const) {
    const value = where[key];
    if (value !== undefined && value !== null) params.set(key, String(value));
  }
  for (const r of where.reasons ?? []) params.append('reason', r);
  for (const r of where.blockingReasons ?? []) params.append('blockingReason', r);
  return params.toString();
}
