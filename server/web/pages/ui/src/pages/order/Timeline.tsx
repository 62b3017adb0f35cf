import type { ReactNode } from 'react';
import type { ExportState, OrderPartsFragment } from '../../gql/graphql';
import { OutLink } from '../../kit/Button';
import { Icon, type IconName } from '../../kit/Icon';
import { Panel } from '../../kit/Panel';
import { Time } from '../../kit/Time';
import { money, number, seconds } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { exportWords } from '../orders/blockers';

type Export = NonNullable<OrderPartsFragment['export']>;
type Step = { id: string; at?: string; tone?: string; icon: IconName; title: string; text?: ReactNode };

const tones: Record<ExportState, string | undefined> = {
  QUEUED: undefined,
  SENDING: undefined,
  UNCONFIRMED: 'warn',
  EXPORTED: 'ok',
  FAILED: 'bad',
  BLOCKED: 'warn',
};

const icons: Record<ExportState, IconName> = {
  QUEUED: 'clock',
  SENDING: 'export',
  UNCONFIRMED: 'clock',
  EXPORTED: 'check',
  FAILED: 'bad',
  BLOCKED: 'pause',
};

/** The states of the export, each with its time and why, and who asked for it. */
function exportSteps(e: Export): Step[] {
  const found: Step[] = e.history
    // The present state is shown as it is now, above the others; only the sale stays in its place.
    .filter((h, i) => i < e.history.length - 1 || h.state === 'EXPORTED')
    .map((h, i) => ({
      id: `state${i}`,
      at: h.at,
      tone: tones[h.state],
      icon: icons[h.state],
      title: h.state === 'EXPORTED' ? m.tl_exported() : exportWords[h.state](),
      text:
        h.state === 'EXPORTED' ? (
          <>
            {m.tl_sale({ id: e.lightspeedSaleId ?? '', total: e.saleTotal ? money(e.saleTotal) : '' })}
            {e.ticketNumber && ` · ${m.tl_ticket({ number: e.ticketNumber })}`}
          </>
        ) : (
          h.reason?.message
        ),
    }));
  found.reverse(); // of states with one time the later comes first
  found.push({
    id: 'asked',
    at: e.requestedAt,
    icon: 'export',
    title: m.tl_asked(),
    text: e.requestedBy ? m.tl_by({ who: e.requestedBy }) : m.tl_automatic(),
  });
  return found;
}

/** What happened to the order, the latest first; before its export, what comes next. */
function steps(order: OrderPartsFragment): Step[] {
  const e = order.export;
  const found: Step[] = [];
  for (const r of order.refunds) {
    if (r.doneInLightspeedAt) {
      found.push({
        id: `${r.id}done`,
        at: r.doneInLightspeedAt,
        tone: 'ok',
        icon: 'check',
        title: m.tl_refund_done(),
        text: r.doneInLightspeedBy,
      });
    }
    found.push({
      id: r.id,
      at: r.refundedAt,
      icon: 'undo',
      title: m.tl_refund({ amount: money(r.amount) }),
      text: r.reason,
    });
  }
  for (const p of order.payments) {
    if (p.offline && p.capturedAt) {
      found.push({
        id: p.id,
        at: p.capturedAt,
        icon: 'card',
        title: m.tl_payment({ amount: money(p.amount) }),
        text: p.recordedBy,
      });
    }
  }
  const handed = order.lines.flatMap((l) => (l.fulfilledAt ? [l.fulfilledAt] : [])).sort();
  if (handed.length > 0 && order.fulfilled) {
    found.push({ id: 'handed', at: handed.at(-1), icon: 'truck', title: m.order_handed_over() });
  }
  if (e) found.push(...exportSteps(e));
  found.push({ id: 'placed', at: order.placedAt, icon: 'info', title: m.tl_placed() });
  found.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
  if (e && e.state !== 'EXPORTED') {
    found.unshift({
      id: 'now',
      tone: e.state === 'FAILED' ? 'bad' : e.state === 'BLOCKED' ? 'warn' : 'busy',
      icon: e.state === 'FAILED' ? 'bad' : e.state === 'BLOCKED' ? 'pause' : 'clock',
      title: exportWords[e.state](),
      text: (
        <>
          {e.reason?.message}
          {!e.reason && e.queuePlace != null && m.order_place({ n: e.queuePlace })}
          {!e.reason && e.expectedSeconds != null && ` · ${m.order_about({ time: seconds(e.expectedSeconds) })}`}
          {e.attempts > 1 && ` ${m.tl_attempts({ n: e.attempts })}`}
        </>
      ),
    });
  }
  if (!e) {
    const held = order.exportBlockers.length;
    found.unshift(
      held > 0
        ? { id: 'now', tone: 'warn', icon: 'pause', title: m.exp_blocked(), text: order.exportBlockers[0]?.message }
        : { id: 'now', icon: 'export', title: m.tl_ready(), text: m.tl_ready_text() },
    );
  }
  return found;
}

export function Timeline({ order }: { order: OrderPartsFragment }) {
  const left = order.export ? order.export.historyCount - order.export.history.length : 0;
  return (
    <Panel
      title={m.order_history()}
      aside={
        order.export?.saleUrl && (
          <OutLink href={order.export.saleUrl} className="small">
            {m.order_sale({ id: order.export.lightspeedSaleId ?? '' })}
          </OutLink>
        )
      }
    >
      <ol className="tl">
        {steps(order).map((s) => (
          <li key={s.id} className={s.tone}>
            <span className="dot">
              <Icon name={s.icon} />
            </span>
            <span className="t">{s.title}</span>
            <span className="w">{s.at && <Time at={s.at} />}</span>
            {s.text && <span className="d">{s.text}</span>}
          </li>
        ))}
      </ol>
      {left > 0 && <p className="muted small gap">{m.tl_earlier({ n: number(left) })}</p>}
      {order.exportState === 'EXPORTED' && <p className="muted small gap">{m.tl_once()}</p>}
    </Panel>
  );
}
