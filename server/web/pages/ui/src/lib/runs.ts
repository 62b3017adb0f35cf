import type { RunKind, RunPhase, RunState, RunTrigger, WaitReason } from '../gql/graphql';
import type { Tone } from '../kit/Pill';
import { m } from '../paraglide/messages.js';

export const kindWords: Record<RunKind, () => string> = {
  FULL: m.kind_full,
  DELTA: m.kind_delta,
  EVALUATION: m.kind_evaluation,
  REFERENCE: m.kind_reference,
  SHOP_FULL: m.kind_shop_full,
  SHOP_DELTA: m.kind_shop_delta,
  ITEMS: m.kind_items,
};

export const triggerWords: Record<RunTrigger, () => string> = {
  CONNECT: m.trigger_connect,
  SCHEDULE: m.trigger_schedule,
  MANUAL: m.trigger_manual,
  SETTINGS: m.trigger_settings,
};

export const stateWords: Record<RunState, () => string> = {
  QUEUED: m.state_queued,
  RUNNING: m.state_running,
  WAITING: m.state_waiting,
  COMPLETED: m.state_completed,
  COMPLETED_WITH_ISSUES: m.state_issues,
  FAILED: m.state_failed,
  CANCELLED: m.state_cancelled,
};

export const stateTones: Record<RunState, Tone> = {
  QUEUED: 'busy',
  RUNNING: 'busy',
  WAITING: 'warn',
  COMPLETED: 'ok',
  COMPLETED_WITH_ISSUES: 'warn',
  FAILED: 'bad',
  CANCELLED: 'plain',
};

export const phaseWords: Record<RunPhase, () => string> = {
  PREPARING: m.phase_preparing,
  REFERENCE: m.phase_reference,
  ITEMS: m.phase_items,
  STOCK: m.phase_stock,
  EVALUATION: m.phase_evaluation,
  FINISHED: m.phase_finished,
};

export const waitWords: Record<WaitReason, () => string> = {
  POS_BUDGET: m.wait_budget,
  POS_UNAVAILABLE: m.wait_unavailable,
  POS_THROTTLED: m.wait_throttled,
  INTERNAL: m.wait_internal,
  CONFIRMATION: m.wait_confirmation,
};

/** Whether a run has come to its end. */
export const ended = (state: RunState | null | undefined): boolean =>
  state === 'COMPLETED' || state === 'COMPLETED_WITH_ISSUES' || state === 'FAILED' || state === 'CANCELLED';
