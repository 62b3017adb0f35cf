import type { OrderPartsFragment } from '../../gql/graphql';
import { Button, OutLink } from '../../kit/Button';
import { Icon } from '../../kit/Icon';
import { Panel } from '../../kit/Panel';
import { Tag } from '../../kit/Pill';
import { Manage } from '../../kit/Role';
import { Time } from '../../kit/Time';
import { money } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { RefundDone } from './documents';
import { useOrderAct } from './useOrderAct';

/** A refund of an order that is in Lightspeed already is made in both places: here is what is done, and what is left. */
export function Refunds({ order }: { order: OrderPartsFragment }) {
  const open = order.refunds.filter((r) => r.afterExport && !r.doneInLightspeedAt);
  return open.map((r) => <Refund key={r.id} order={order} refund={r} />);
}

function Refund({ order, refund }: { order: OrderPartsFragment; refund: OrderPartsFragment['refunds'][number] }) {
  const act = useOrderAct(RefundDone);
  const sale = order.export?.lightspeedSaleId ?? '';
  const amount = money(refund.amount);
  return (
    <Panel
      title={m.refund_both({ amount })}
      aside={
        <Tag tone="warn" icon="clock">
          {m.refund_half()}
        </Tag>
      }
    >
      <p className="muted">{m.refund_why()}</p>
      <ol className="todo">
        <li className="done">
          <span className="dot">
            <Icon name="check" />
          </span>
          <div>
            <div className="t">{m.refund_here()}</div>
            <p>
              {amount} · {refund.payment?.method ?? m.refund_unknown_payment()} · <Time at={refund.refundedAt} />
              {refund.refundedBy && ` · ${refund.refundedBy}`}
              {refund.reason && (
                <>
                  {' '}
                  · <q>{refund.reason}</q>
                </>
              )}
            </p>
          </div>
        </li>
        <li className="now">
          <span className="dot">2</span>
          <div>
            <div className="t">{m.refund_there()}</div>
            <p>{m.refund_there_how({ sale, amount, method: refund.payment?.method ?? '' })}</p>
          </div>
          <div className="acts">
            {order.export?.saleUrl && (
              <OutLink href={order.export.saleUrl} className="btn">
                {m.order_open_sale({ id: sale })}
              </OutLink>
            )}
            <Manage>
              <Button
                look="primary"
                busy={act.busy}
                onClick={() => void act.run({ orderId: order.id, refundId: refund.id }, m.refund_was_done())}
              >
                {m.refund_done()}
              </Button>
            </Manage>
          </div>
        </li>
      </ol>
    </Panel>
  );
}
