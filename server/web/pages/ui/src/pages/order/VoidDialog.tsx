import { useState } from 'react';
import type { OrderPartsFragment } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { TextField } from '../../kit/Field';
import { money } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { VoidOffline } from './documents';
import { useOrderAct } from './useOrderAct';

type Payment = OrderPartsFragment['payments'][number];
type Props = { order: OrderPartsFragment; payment: Payment; onClose(): void };

/** Voids a payment that was recorded here by mistake. */
export function VoidDialog({ order, payment, onClose }: Props) {
  const act = useOrderAct(VoidOffline, ['reason']);
  const [reason, setReason] = useState('');
  const save = async () => {
    const done = await act.run(
      { orderId: order.id, paymentId: payment.id, reason: reason || undefined, expectedRevision: order.revision },
      m.pay_was_voided(),
    );
    if (done) onClose();
  };
  return (
    <Dialog
      title={m.pay_void_title({ amount: money(payment.amount) })}
      open
      onClose={onClose}
      acts={
        <>
          <Button autoFocus onClick={onClose}>
            {m.cancel()}
          </Button>
          <Button look="danger" busy={act.busy} onClick={() => void save()}>
            {m.pay_void()}
          </Button>
        </>
      }
    >
      <p>{m.pay_void_lead()}</p>
      {order.exportState === 'EXPORTED' && <p>{m.void_lead_exported()}</p>}
      <div className="fields">
        <TextField
          label={m.refund_reason()}
          hint={m.void_reason_hint()}
          value={reason}
          maxLength={500}
          onChange={setReason}
          error={act.errorOf('reason')}
        />
      </div>
    </Dialog>
  );
}
