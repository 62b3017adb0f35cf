import { useState } from 'react';
import type { OrderPartsFragment } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { TextField } from '../../kit/Field';
import { negated, parseDecimal, plain, sign, sum } from '../../lib/decimal';
import { decimal } from '../../lib/format';
import { callKey } from '../../lib/names';
import { m } from '../../paraglide/messages.js';
import { ChangeQuantity } from './documents';
import { useOrderAct } from './useOrderAct';

type Line = OrderPartsFragment['lines'][number];
type Props = { order: OrderPartsFragment; line: Line; onClose(): void };

/** Changes how many units of a line were ordered. Discount and tax follow the quantity unless they are typed. */
export function QuantityDialog({ order, line, onClose }: Props) {
  const act = useOrderAct(ChangeQuantity, ['quantity', 'discount', 'tax']);
  const [typed, setTyped] = useState(plain(line.quantity, 0));
  const [discount, setDiscount] = useState('');
  const [tax, setTax] = useState('');
  const quantity = parseDecimal(typed, 6);
  const amount = (text: string) => (text.trim() === '' ? undefined : parseDecimal(text));
  const bad = (text: string) => text.trim() !== '' && parseDecimal(text) === undefined;
  const ready = quantity !== undefined && quantity !== plain(line.quantity, 0) && !bad(discount) && !bad(tax);
  const save = async () => {
    const done = await act.run(
      {
        orderId: order.id,
        lineId: line.id,
        quantity: quantity ?? line.quantity,
        discount: amount(discount),
        tax: amount(tax),
        expectedRevision: order.revision,
        clientMutationKey: callKey(),
      },
      m.line_quantity_changed(),
    );
    if (done) onClose();
  };
  return (
    <Dialog
      title={m.quantity_title({ name: line.description })}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button look="primary" busy={act.busy} disabled={!ready} onClick={() => void save()}>
            {m.line_change_quantity()}
          </Button>
        </>
      }
    >
      <p>{order.exportState === 'EXPORTED' ? m.line_change_exported() : m.quantity_lead()}</p>
      <div className="fields">
        <TextField
          label={m.line_quantity()}
          hint={
            sign(line.fulfilledQuantity) > 0 || sign(line.refundedQuantity) > 0
              ? m.quantity_least({ n: decimal(least(line)) })
              : undefined
          }
          inputMode="decimal"
          value={typed}
          onChange={setTyped}
          error={quantity ? act.errorOf('quantity') : m.units_wrong()}
        />
        <div className="fields pair">
          <TextField
            label={m.line_discount()}
            hint={m.quantity_in_proportion()}
            inputMode="decimal"
            value={discount}
            onChange={setDiscount}
            error={bad(discount) ? m.amount_wrong() : act.errorOf('discount')}
          />
          <TextField
            label={m.line_tax_all()}
            hint={m.quantity_in_proportion()}
            inputMode="decimal"
            value={tax}
            onChange={setTax}
            error={bad(tax) ? m.amount_wrong() : act.errorOf('tax')}
          />
        </div>
      </div>
    </Dialog>
  );
}

/** What was handed over or refunded stays so. */
const least = (l: Line) =>
  sign(sum([l.fulfilledQuantity, negated(l.refundedQuantity)])) > 0 ? l.fulfilledQuantity : l.refundedQuantity;
