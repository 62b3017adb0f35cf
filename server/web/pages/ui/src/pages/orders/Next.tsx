import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Client, useClient } from 'urql';
import type { OrderRowFragment } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { number } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { report } from './Bulk';
import { blockerPlace, remedyWords } from './blockers';
import { type Outcome, refundsDone, retryAll, type Selection } from './bulk';
import { ownBlockers, type View } from './views';

type Props = { order: OrderRowFragment; view: View; onDone(outcome: Outcome & { words: string }): void };

/** What is to be done about an order, as a button that does it or leads to where it is done. */
export function Next({ order, view, onDone }: Props) {
  switch (view) {
    case 'held':
      return <Mend order={order} onDone={onDone} />;
    case 'failed': {
      const code = order.export?.reason?.code ?? '';
      const to = blockerPlace(code);
      return (
        <span className="steps">
          {to && (
            <Link to={to} className="btn sm">
              {remedyWords(code)}
            </Link>
          )}
          <Retry order={order} onDone={onDone} />
        </span>
      );
    }
    case 'refund':
      return (
        <Act
          order={order}
          words={m.refund_done()}
          send={refundsDone}
          done={(n) => m.bulk_refunds({ count: n, n: number(n) })}
          onDone={onDone}
        />
      );
    default:
      return null;
  }
}

/** The first thing that holds the order back and that something ends. */
function Mend({ order, onDone }: Omit<Props, 'view'>) {
  const all = order.exportBlockers.map((b) => b.code);
  if (all.includes('CANCELLED')) return null; // there is nothing to do about it
  const own = all.filter((c) => ownBlockers.includes(c));
  const waits = own.includes('PAYMENT_NOT_CAPTURED');
  // Once a payment that waits is captured, less is due.
  const code = (own.length > 0 ? own : all).find((c) => !(waits && c === 'BALANCE_DUE') && remedyWords(c));
  if (!code) return own.includes('ORDER_REFUSED') && order.export ? <Retry order={order} onDone={onDone} /> : null;
  const words = remedyWords(code, order.balanceDue);
  const to = blockerPlace(code);
  return to ? (
    <Link to={to} className="btn sm">
      {words}
    </Link>
  ) : (
    <Link to="/orders/$key" params={{ key: order.key }} hash={code} className="btn sm">
      {words}
      <span className="sr"> {order.number}</span>
    </Link>
  );
}

const Retry = ({ order, onDone }: Omit<Props, 'view'>) => (
  <Act
    order={order}
    words={m.order_retry()}
    send={retryAll}
    done={(n) => m.bulk_retried({ count: n, n: number(n) })}
    onDone={onDone}
  />
);

type ActProps = Omit<Props, 'view'> & {
  words: string;
  send(client: Client, chosen: Selection): Promise<Outcome>;
  done(n: number): string;
};

function Act({ order, words, send, done, onDone }: ActProps) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const outcome = await send(client, { orderIds: [order.id] });
    setBusy(false);
    onDone(report(outcome, done));
  };
  return (
    <Button small busy={busy} onClick={() => void run()}>
      {words}
      <span className="sr"> {order.number}</span>
    </Button>
  );
}
