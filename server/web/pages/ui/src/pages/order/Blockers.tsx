import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { OrderPartsFragment } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { TextField } from '../../kit/Field';
import { Icon } from '../../kit/Icon';
import { Panel } from '../../kit/Panel';
import { Manage } from '../../kit/Role';
import { negated, parseDecimal, plain, sign } from '../../lib/decimal';
import { number } from '../../lib/format';
import { callKey } from '../../lib/names';
import { m } from '../../paraglide/messages.js';
import { LinkProduct } from '../linking/LinkProduct';
import { blockerIcons, blockerPlace, remedyWords } from '../orders/blockers';
import { CaptureOffline, RetryOne } from './documents';
import { LineDialog } from './LineDialog';
import { RefundDialog } from './Payments';
import { RemoveDialog } from './RemoveDialog';
import { useOrderAct } from './useOrderAct';

type Blocker = OrderPartsFragment['exportBlockers'][number];

/** Everything that holds the order back, each with the act that ends it. */
export function Blockers({ order }: { order: OrderPartsFragment }) {
  const blockers = order.exportBlockers;
  if (blockers.length === 0) return null;
  return (
    <Panel
      title={m.order_held_by({ count: blockers.length, n: number(blockers.length) })}
      aside={<span className="muted small only-d">{m.order_held_lead()}</span>}
    >
      {blockers.map((b) => (
        <div key={b.code} className="blk">
          <Icon name={blockerIcons[b.code] ?? 'warn'} />
          <span className="t">{b.message}</span>
          <p>{b.advice}</p>
          <Manage>
            <Remedy order={order} blocker={b} />
          </Manage>
        </div>
      ))}
    </Panel>
  );
}

function Remedy({ order, blocker }: { order: OrderPartsFragment; blocker: Blocker }) {
  // The list of orders names the act that somebody chose there.
  const asked = useLocation({ select: (l) => l.hash }) === blocker.code;
  const [open, setOpen] = useState(asked);
  const retry = useOrderAct(RetryOne);
  const to = blockerPlace(blocker.code);
  const words = remedyWords(blocker.code, order.balanceDue);
  if (to) {
    return (
      <Link to={to} className="btn">
        {words}
      </Link>
    );
  }
  const close = () => setOpen(false);
  const button = <Button onClick={() => setOpen(true)}>{words}</Button>;
  switch (blocker.code) {
    case 'BALANCE_DUE':
      return <Capture order={order} asked={asked} />;
    case 'OVERPAID': {
      const payment = order.payments.find((p) => p.state === 'CAPTURED');
      if (!payment) return null;
      return (
        <>
          {button}
          {open && (
            <RefundDialog order={order} payment={payment} amount={negated(order.balanceDue.amount)} onClose={close} />
          )}
        </>
      );
    }
    case 'UNLINKED_PRODUCT':
      return <LinkUnlinked order={order} asked={asked} />;
    case 'REFUNDED':
    case 'NEGATIVE_TOTAL':
    case 'TOO_MANY_LINES':
      return (
        <>
          {button}
          {open && <RemoveDialog order={order} onClose={close} />}
        </>
      );
    case 'NO_LINES':
    case 'TOTAL_MISMATCH':
      return (
        <>
          {button}
          {open && <LineDialog order={order} onClose={close} />}
        </>
      );
    case 'FRACTIONAL_QUANTITY': {
      const line = order.lines.find((l) => !l.removed && !/^\d+(\.0*)?$/.test(l.quantity));
      return (
        line && (
          <>
            {button}
            {open && <LineDialog order={order} line={line} onClose={close} />}
          </>
        )
      );
    }
    case 'ORDER_REFUSED':
      return (
        order.export && (
          <Button
            icon="refresh"
            busy={retry.busy}
            onClick={() => void retry.run({ orderId: order.id }, m.order_retried())}
          >
            {m.order_retry()}
          </Button>
        )
      );
    default:
      return null;
  }
}

/** Records what was collected at the counter; all that is due is filled in. */
function Capture({ order, asked }: { order: OrderPartsFragment; asked: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked) field.current?.focus();
  }, [asked]);
  const act = useOrderAct(CaptureOffline, ['amount', 'note']);
  const [amount, setAmount] = useState<string>();
  const [note, setNote] = useState('');
  const shown = amount ?? plain(order.balanceDue.amount);
  const value = parseDecimal(shown);
  if (sign(order.balanceDue.amount) <= 0) return null;
  const save = async () => {
    const ok = await act.run(
      {
        orderId: order.id,
        amount: value,
        note: note || undefined,
        expectedRevision: order.revision,
        clientMutationKey: callKey(),
      },
      m.payment_recorded(),
    );
    if (ok) {
      setAmount(undefined);
      setNote('');
    }
  };
  return (
    <form
      className="inline"
      onSubmit={(e) => {
        e.preventDefault();
        if (value) void save();
      }}
    >
      <TextField
        ref={field}
        label={m.payment_amount()}
        inputMode="decimal"
        value={shown}
        onChange={setAmount}
        error={value ? act.errorOf('amount') : m.amount_wrong()}
      />
      <TextField label={m.payment_note()} value={note} onChange={setNote} maxLength={500} error={act.errorOf('note')} />
      <Button type="submit" look="primary" busy={act.busy} disabled={!value}>
        {m.payment_record()}
      </Button>
    </form>
  );
}

/** Finds the items in Lightspeed of the products that are not linked, one after the other. */
function LinkUnlinked({ order, asked }: { order: OrderPartsFragment; asked: boolean }) {
  const [open, setOpen] = useState(asked);
  const line = order.lines.find((l) => !l.removed && l.kind === 'PRODUCT' && l.product && !l.product.posItem);
  if (!line?.product) return null;
  return (
    <>
      <Button icon="search" onClick={() => setOpen(true)}>
        {m.link_find_item()}
      </Button>
      {open && <LinkProduct product={line.product} onClose={() => setOpen(false)} />}
    </>
  );
}
