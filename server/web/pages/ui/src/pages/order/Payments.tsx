import { useState } from 'react';
import type { OrderPartsFragment, PaymentState } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { TextField } from '../../kit/Field';
import { Panel } from '../../kit/Panel';
import { Tag, type Tone } from '../../kit/Pill';
import { Time } from '../../kit/Time';
import { negated, parseDecimal, plain, sign, sum } from '../../lib/decimal';
import { money } from '../../lib/format';
import { callKey } from '../../lib/names';
import { m } from '../../paraglide/messages.js';
import { useMayManage } from '../../shell/data';
import { RefundPayment } from './documents';
import { useOrderAct } from './useOrderAct';
import { VoidDialog } from './VoidDialog';

type Payment = OrderPartsFragment['payments'][number];

const states: Record<PaymentState, { tone: Tone; words: () => string }> = {
  AUTHORISED: { tone: 'warn', words: m.pay_authorised },
  CAPTURED: { tone: 'ok', words: m.pay_captured },
  VOIDED: { tone: 'plain', words: m.pay_voided },
};

const leftOf = (p: Payment): string => sum([p.amount.amount, negated(p.refunded.amount)]);

/** What was paid and given back, and what is due. */
export function Payments({ order }: { order: OrderPartsFragment }) {
  const [refund, setRefund] = useState<Payment>();
  const [mistake, setMistake] = useState<Payment>();
  const may = useMayManage();
  const due = sign(order.balanceDue.amount);
  return (
    <Panel title={m.order_payments()} flush>
      <table className="list pays">
        <thead>
          <tr>
            <th>{m.pay_method()}</th>
            <th>{m.pay_state()}</th>
            <th>{m.pay_when()}</th>
            <th className="num">{m.pay_amount()}</th>
            {may && (
              <th>
                <span className="sr">{m.acts()}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {order.payments.map((p) => (
            <tr key={p.id}>
              <td className="two wrap">
                <bdi>{p.method}</bdi>
                {(p.note || p.recordedBy) && (
                  <div className="muted">{[p.note, p.recordedBy].filter(Boolean).join(' · ')}</div>
                )}
              </td>
              <td>
                <Tag tone={states[p.state].tone}>{states[p.state].words()}</Tag>
              </td>
              <td className="muted">{p.capturedAt ? <Time at={p.capturedAt} /> : '–'}</td>
              <td className="num tot">{money(p.amount)}</td>
              {may && (
                <td className="act">
                  {p.offline && p.state === 'CAPTURED' && sign(p.refunded.amount) === 0 && (
                    <Button look="quiet" small onClick={() => setMistake(p)}>
                      {m.pay_void()}
                      <span className="sr">
                        {' '}
                        {p.method} {money(p.amount)}
                      </span>
                    </Button>
                  )}
                  {p.state === 'CAPTURED' && sign(leftOf(p)) > 0 && (
                    <Button look="quiet" small onClick={() => setRefund(p)}>
                      {m.refund()}
                      <span className="sr">
                        {' '}
                        {p.method} {money(p.amount)}
                      </span>
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
          {order.refunds.map((r) => (
            <tr key={r.id}>
              <td className="two wrap">
                {m.refund_to({ method: r.payment?.method ?? m.refund_unknown_payment() })}
                {(r.reason || r.refundedBy) && (
                  <div className="muted">{[r.reason, r.refundedBy].filter(Boolean).join(' · ')}</div>
                )}
              </td>
              <td>
                {r.afterExport && !r.doneInLightspeedAt ? (
                  <Tag tone="warn">{m.order_refund_todo()}</Tag>
                ) : (
                  <Tag tone="plain" icon="undo">
                    {m.refund_given_back()}
                  </Tag>
                )}
              </td>
              <td className="muted">
                <Time at={r.refundedAt} />
              </td>
              <td className="num tot">−{money(r.amount)}</td>
              {may && <td className="only-d" />}
            </tr>
          ))}
          {order.payments.length === 0 && (
            <tr>
              <td className="muted" colSpan={may ? 5 : 4}>
                {m.pay_none()}
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3}>{m.pay_collected()}</td>
            <td className="num">{money(order.capturedTotal)}</td>
            {may && <td className="only-d" />}
          </tr>
          <tr className="sum">
            <td colSpan={3}>{due < 0 ? m.pay_overpaid() : m.pay_due()}</td>
            <td className={due === 0 ? 'num' : 'num t-warn'}>
              {money(due < 0 ? { ...order.balanceDue, amount: negated(order.balanceDue.amount) } : order.balanceDue)}
            </td>
            {may && <td className="only-d" />}
          </tr>
        </tfoot>
      </table>
      {mistake && <VoidDialog order={order} payment={mistake} onClose={() => setMistake(undefined)} />}
      {refund && <RefundDialog order={order} payment={refund} onClose={() => setRefund(undefined)} />}
    </Panel>
  );
}

type RefundProps = { order: OrderPartsFragment; payment: Payment; amount?: string; onClose(): void };

/** Records that money was given back. What must be done in Lightspeed too is said before. */
export function RefundDialog({ order, payment, amount, onClose }: RefundProps) {
  const act = useOrderAct(RefundPayment, ['amount', 'reason']);
  const [typed, setTyped] = useState(plain(amount ?? leftOf(payment)));
  const [reason, setReason] = useState('');
  const value = parseDecimal(typed);
  const save = async () => {
    const ok = await act.run(
      {
        orderId: order.id,
        paymentId: payment.id,
        amount: value,
        reason: reason || undefined,
        expectedRevision: order.revision,
        clientMutationKey: callKey(),
      },
      m.refund_recorded(),
    );
    if (ok) onClose();
  };
  return (
    <Dialog
      title={m.refund_title({ method: payment.method })}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button look="primary" busy={act.busy} disabled={!value} onClick={() => void save()}>
            {m.refund_record()}
          </Button>
        </>
      }
    >
      <p>{m.refund_lead()}</p>
      {order.exportState === 'EXPORTED' && <p>{m.refund_lead_exported()}</p>}
      <div className="fields">
        <TextField
          label={m.refund_how_much()}
          hint={m.refund_most({ amount: money({ ...payment.amount, amount: leftOf(payment) }) })}
          inputMode="decimal"
          value={typed}
          onChange={setTyped}
          error={value ? act.errorOf('amount') : m.amount_wrong()}
        />
        <TextField
          label={m.refund_reason()}
          value={reason}
          maxLength={500}
          onChange={setReason}
          error={act.errorOf('reason')}
        />
      </div>
    </Dialog>
  );
}
