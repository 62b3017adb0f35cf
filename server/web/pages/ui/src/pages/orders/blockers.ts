import type { BlockerCode, ExportState, OrderRowFragment } from '../../gql/graphql';
import type { IconName } from '../../kit/Icon';
import type { Tone } from '../../kit/Pill';
import { negated } from '../../lib/decimal';
import { type MoneyLike, money } from '../../lib/format';
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
export function blockerPlace(code: string) {
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

/** What ends it, in the words of a button; undefined where nothing does. */
export function remedyWords(code: string, due?: MoneyLike): string | undefined {
  switch (code) {
    case 'NO_EMPLOYEE':
    case 'EMPLOYEE_GONE':
    case 'EMPLOYEE_LOCKED':
    case 'EMPLOYEE_IN_OTHER_SHOP':
      return m.remedy_employee();
    case 'NO_REGISTER':
    case 'REGISTER_GONE':
      return m.remedy_register();
    case 'PAYMENT_TYPE_ARCHIVED':
      return m.remedy_payment_type();
    case 'EXPORT_OFF':
    case 'POS_REFUSED':
      return m.orders_export_settings();
    case 'SETUP_INCOMPLETE':
      return m.nav_status();
    case 'POS_FORBIDDEN':
    case 'POS_SIGN_IN':
    case 'NOT_CONNECTED':
      return m.setup_go_connect();
    case 'BALANCE_DUE':
      return m.payment_record();
    case 'PAYMENT_NOT_CAPTURED':
      return m.remedy_payment();
    case 'OVERPAID':
      return due ? m.refund_amount({ amount: money({ ...due, amount: negated(due.amount) }) }) : m.refund();
    case 'UNLINKED_PRODUCT':
      return m.link_find_item();
    case 'REFUNDED':
    case 'NEGATIVE_TOTAL':
    case 'TOO_MANY_LINES':
      return m.line_remove();
    case 'NO_LINES':
    case 'TOTAL_MISMATCH':
      return m.line_add();
    case 'FRACTIONAL_QUANTITY':
      return m.line_exchange();
    case 'CUSTOMER_REQUIRED':
    case 'AMOUNT_TOO_LARGE':
      return m.remedy_look();
    default:
      return undefined;
  }
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
