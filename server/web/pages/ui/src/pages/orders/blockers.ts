import type { BlockerCode, ExportState, OrderRowFragment } from '../../gql/graphql';
import type { IconName } from '../../kit/Icon';
import type { Tone } from '../../kit/Pill';
import { m } from '../../paraglide/messages.js';

/** Short words for what holds an order back; the API's message says it in full. */
export const blockerWords: Record<BlockerCode, () => string> = {
  CANCELLED: m.blk_cancelled,
  NO_LINES: m.blk_no_lines,
  BALANCE_DUE: m.blk_balance,
  OVERPAID: m.blk_overpaid,
  PAYMENT_NOT_CAPTURED: m.blk_not_captured,
  NEGATIVE_TOTAL: m.blk_negative,
  UNLINKED_PRODUCT: m.blk_unlinked,
  FRACTIONAL_QUANTITY: m.blk_fraction,
  TOO_MANY_LINES: m.blk_many_lines,
  REFUNDED: m.blk_refunded,
  AMOUNT_TOO_LARGE: m.blk_large,
  TOTAL_MISMATCH: m.blk_mismatch,
  EXPORT_OFF: m.blk_off,
  SETUP_INCOMPLETE: m.blk_setup,
  NO_EMPLOYEE: m.blk_employee,
  EMPLOYEE_GONE: m.blk_employee,
  EMPLOYEE_LOCKED: m.blk_employee,
  NO_REGISTER: m.blk_register,
  REGISTER_GONE: m.blk_register,
  EMPLOYEE_IN_OTHER_SHOP: m.blk_employee,
  PAYMENT_TYPE_ARCHIVED: m.blk_payment_type,
  CUSTOMER_REQUIRED: m.blk_customer,
  ORDER_REFUSED: m.blk_refused,
  POS_REFUSED: m.blk_pos,
  POS_FORBIDDEN: m.blk_pos,
  POS_SIGN_IN: m.blk_sign_in,
  NOT_CONNECTED: m.blk_connection,
};

export const blockerIcons: Partial<Record<BlockerCode, IconName>> = {
  PAYMENT_NOT_CAPTURED: 'card',
  BALANCE_DUE: 'card',
  OVERPAID: 'card',
  UNLINKED_PRODUCT: 'unlinked',
  REFUNDED: 'undo',
};

/** The page where a setting that holds orders back is put right. */
export function blockerPlace(code: BlockerCode) {
  switch (code) {
    case 'EXPORT_OFF':
    case 'NO_EMPLOYEE':
    case 'EMPLOYEE_GONE':
    case 'EMPLOYEE_LOCKED':
    case 'NO_REGISTER':
    case 'REGISTER_GONE':
    case 'EMPLOYEE_IN_OTHER_SHOP':
    case 'PAYMENT_TYPE_ARCHIVED':
    case 'POS_REFUSED':
      return '/settings/export' as const;
    case 'SETUP_INCOMPLETE':
      return '/status' as const;
    case 'POS_FORBIDDEN':
    case 'POS_SIGN_IN':
    case 'NOT_CONNECTED':
      return '/settings/lightspeed' as const;
    default:
      return undefined;
  }
}

/** The words of the button that goes there. */
export function placeWords(to: '/settings/export' | '/status' | '/settings/lightspeed'): string {
  if (to === '/status') return m.nav_status();
  return to === '/settings/lightspeed' ? m.setup_go_connect() : m.orders_export_settings();
}

export const exportWords: Record<ExportState, () => string> = {
  QUEUED: m.exp_queued,
  SENDING: m.exp_sending,
  UNCONFIRMED: m.exp_unconfirmed,
  EXPORTED: m.exp_exported,
  FAILED: m.exp_failed,
  BLOCKED: m.exp_blocked,
};

/** How an order is, in a word. */
export function standing(order: OrderRowFragment): { tone: Tone; words: string } {
  const state = order.export?.state;
  switch (state) {
    case 'EXPORTED':
      return { tone: 'ok', words: m.exp_exported() };
    case 'FAILED':
      return { tone: 'bad', words: m.exp_failed() };
    case 'BLOCKED':
      return { tone: 'warn', words: m.exp_blocked() };
    case undefined:
      if (order.cancelled) return { tone: 'plain', words: m.blk_cancelled() };
      return order.exportBlockers.length > 0
        ? { tone: 'warn', words: m.exp_blocked() }
        : { tone: 'plain', words: m.exp_ready() };
    default:
      return { tone: 'busy', words: exportWords[state]() };
  }
}
