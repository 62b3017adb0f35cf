import { Link } from '@tanstack/react-router';
import type { OrderRowFragment } from '../../gql/graphql';
import { OutLink } from '../../kit/Button';
import { Pill, Tag } from '../../kit/Pill';
import { Time } from '../../kit/Time';
import { money, seconds } from '../../lib/format';
import { customerName } from '../../lib/names';
import { m } from '../../paraglide/messages.js';
import { useMayManage } from '../../shell/data';
import { blockerIcons, blockerWords, standing } from './blockers';
import type { Outcome } from './bulk';
import { Next } from './Next';
import { ownBlockers, type View } from './views';

type Props = {
  rows: readonly OrderRowFragment[];
  view: View;
  picked: ReadonlySet<string>;
  onPick(picked: ReadonlySet<string>): void;
  onDone(outcome: Outcome & { words: string }): void;
};

/** The lists whose orders need a person. */
const toDo: readonly View[] = ['held', 'failed', 'refund'];

const third: Record<View, () => string> = {
  ready: m.order_status,
  held: m.orders_why,
  underway: m.orders_state,
  failed: m.orders_why,
  exported: m.orders_sale,
  refund: m.orders_todo,
  all: m.orders_state,
};

/** The orders of a page, two lines each. */
export function OrderTable({ rows, view, picked, onPick, onDone }: Props) {
  const may = useMayManage();
  const next = may && toDo.includes(view);
  const all = rows.every((r) => picked.has(r.id));
  const toggle = (ids: string[], on: boolean) => {
    const next = new Set(picked);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    onPick(next);
  };
  return (
    <table className="list orders">
      <thead>
        <tr>
          {may && (
            <th className="pick">
              <input
                type="checkbox"
                aria-label={m.pick_page()}
                checked={all}
                ref={(box) => {
                  if (box) box.indeterminate = !all && rows.some((r) => picked.has(r.id));
                }}
                onChange={(e) =>
                  toggle(
                    rows.map((r) => r.id),
                    e.target.checked,
                  )
                }
              />
            </th>
          )}
          <th>{m.order()}</th>
          <th>{m.order_customer()}</th>
          <th>{third[view]()}</th>
          <th className="num">{m.order_total()}</th>
          {next && <th className="act">{m.orders_next()}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((o) => (
          <tr key={o.id} className={picked.has(o.id) ? 'on' : undefined}>
            {may && (
              <td className="pick">
                <input
                  type="checkbox"
                  aria-label={m.pick_order({ number: o.number })}
                  checked={picked.has(o.id)}
                  onChange={(e) => toggle([o.id], e.target.checked)}
                />
              </td>
            )}
            <td className="two">
              <Link to="/orders/$key" params={{ key: o.key }} className="row">
                {o.number}
              </Link>
              <div className="muted">
                <Time at={o.placedAt} />
              </div>
            </td>
            <td className="two full wrap who">
              <bdi>{customerName(o.customer) || m.order_nobody()}</bdi>
              <div className="muted">{o.pickupLocation ? o.pickupLocation.name : m.order_ship()}</div>
            </td>
            <td className="two full wrap">
              <About order={o} view={view} />
            </td>
            <td className="num tot">{money(o.total)}</td>
            {next && (
              <td className="full act">
                <Next order={o} view={view} onDone={onDone} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function About({ order, view }: { order: OrderRowFragment; view: View }) {
  const e = order.export;
  switch (view) {
    case 'held':
      return <Blockers order={order} />;
    case 'ready':
      if (order.exportBlockers.length > 0) return <Blockers order={order} />;
      return (
        <div className="tags">
          {order.status && <Tag tone="plain">{order.status.name}</Tag>}
          {order.fulfilled ? <Tag tone="ok">{m.order_handed_over()}</Tag> : <Tag tone="plain">{m.order_open()}</Tag>}
        </div>
      );
    case 'underway': {
      const { tone, words } = standing(order);
      return (
        <>
          <Pill tone={tone}>{words}</Pill>
          <div className="muted">
            {e?.reason?.message}
            {!e?.reason && e?.queuePlace != null && m.order_place({ n: e.queuePlace })}
            {!e?.reason && e?.expectedSeconds != null && ` · ${m.order_about({ time: seconds(e.expectedSeconds) })}`}
          </div>
        </>
      );
    }
    case 'failed':
      return (
        <>
          <Pill tone="bad">{m.exp_failed()}</Pill>
          <div className="muted">{e?.reason?.message}</div>
        </>
      );
    case 'exported':
      return (
        <>
          {e?.saleUrl ? (
            <OutLink href={e.saleUrl}>{m.order_sale({ id: e.lightspeedSaleId ?? '' })}</OutLink>
          ) : (
            <Pill tone="ok">{m.exp_exported()}</Pill>
          )}
          <div className="muted">
            <Time at={e?.exportedAt} />
            {order.notices.length > 0 && ` · ${order.notices[0]?.message}`}
          </div>
        </>
      );
    case 'refund':
      return (
        <>
          <Tag tone="warn">{m.order_refund_todo()}</Tag>
          <div className="muted">{order.notices.find((n) => n.code === 'REFUND_IN_LIGHTSPEED')?.message}</div>
        </>
      );
    case 'all': {
      const { tone, words } = standing(order);
      return (
        <div className="tags">
          <Pill tone={tone}>{words}</Pill>
          {order.status && <Tag tone="plain">{order.status.name}</Tag>}
        </div>
      );
    }
  }
}

/** What holds the order itself back. What a setting does to all orders is said once, above the list. */
function Blockers({ order }: { order: OrderRowFragment }) {
  const own = order.exportBlockers.filter((b) => ownBlockers.includes(b.code));
  if (own.length === 0) return <Pill tone="plain">{m.orders_waits_for_settings()}</Pill>;
  return (
    <>
      <div className="tags">
        {own.map((b) => (
          <Tag key={b.code} tone="warn" icon={blockerIcons[b.code]}>
            {blockerWords[b.code]()}
          </Tag>
        ))}
      </div>
      <div className="muted">{own[0]?.message}</div>
    </>
  );
}
