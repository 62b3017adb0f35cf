import { useState } from 'react';
import type { LineKind, NewLineInput, OrderPartsFragment } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { SelectField, TextField } from '../../kit/Field';
import { parseDecimal, plain } from '../../lib/decimal';
import { callKey } from '../../lib/names';
import { m } from '../../paraglide/messages.js';
import { FindProduct, type FoundProduct } from '../linking/FindProduct';
import { AddLine, ExchangeLine } from './documents';
import { useOrderAct } from './useOrderAct';

type Line = OrderPartsFragment['lines'][number];
type Props = { order: OrderPartsFragment; line?: Line; onClose(): void };

const fields = ['kind', 'productId', 'description', 'quantity', 'unitPrice', 'discount', 'tax'];

/** Adds a line, or replaces one by another. */
export function LineDialog({ order, line, onClose }: Props) {
  const add = useOrderAct(AddLine, fields);
  const exchange = useOrderAct(ExchangeLine, fields);
  const act = line ? exchange : add;
  const [draft, setDraft] = useState({
    kind: (line?.kind ?? 'PRODUCT') as LineKind,
    product: undefined as FoundProduct | undefined,
    description: '',
    quantity: line ? plain(line.quantity, 0) : '1',
    unitPrice: '',
    discount: '0',
    tax: '0',
  });
  const set = (more: Partial<typeof draft>) => setDraft((d) => ({ ...d, ...more }));
  const price = draft.kind === 'FEE' ? signedDecimal(draft.unitPrice) : parseDecimal(draft.unitPrice, 6);
  const quantity = parseDecimal(draft.quantity, 6);
  const ready =
    price !== undefined &&
    quantity !== undefined &&
    (draft.kind === 'PRODUCT' ? draft.product !== undefined : draft.description.trim() !== '');
  const save = async () => {
    const wanted: NewLineInput = {
      kind: draft.kind,
      productId: draft.kind === 'PRODUCT' ? draft.product?.id : undefined,
      description: draft.description || undefined,
      quantity: quantity ?? '1',
      unitPrice: price ?? '0',
      discount: parseDecimal(draft.discount) ?? '0',
      tax: parseDecimal(draft.tax) ?? '0',
    };
    const input = { orderId: order.id, line: wanted, expectedRevision: order.revision, clientMutationKey: callKey() };
    const done = line
      ? await exchange.run({ ...input, lineId: line.id }, m.line_was_exchanged())
      : await add.run(input, m.line_was_added());
    if (done) onClose();
  };
  return (
    <Dialog
      title={line ? m.line_exchange_title({ name: line.description }) : m.line_add()}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button look="primary" busy={act.busy} disabled={!ready} onClick={() => void save()}>
            {line ? m.line_exchange() : m.line_add()}
          </Button>
        </>
      }
    >
      {order.exportState === 'EXPORTED' && <p>{m.line_change_exported()}</p>}
      <div className="fields">
        <SelectField
          label={m.line_kind()}
          value={draft.kind}
          onChange={(kind) => kind && set({ kind })}
          choices={[
            { value: 'PRODUCT', label: m.kind_product() },
            { value: 'SHIPPING', label: m.kind_shipping() },
            { value: 'FEE', label: m.kind_fee() },
            { value: 'GIFT_CARD', label: m.kind_gift_card() },
          ]}
        />
        {draft.kind === 'PRODUCT' ? (
          <FindProduct
            chosen={draft.product}
            onChoose={(product) =>
              set({ product, ...(product && { unitPrice: plain(product.effectivePrice.price.amount) }) })
            }
            error={act.errorOf('productId')}
          />
        ) : (
          <TextField
            label={m.line_description()}
            value={draft.description}
            maxLength={500}
            onChange={(description) => set({ description })}
            error={act.errorOf('description')}
          />
        )}
        <div className="fields pair">
          <TextField
            label={m.line_quantity()}
            inputMode="numeric"
            value={draft.quantity}
            onChange={(q) => set({ quantity: q })}
            error={quantity ? act.errorOf('quantity') : m.units_wrong()}
          />
          <TextField
            label={m.line_price()}
            inputMode="decimal"
            value={draft.unitPrice}
            onChange={(unitPrice) => set({ unitPrice })}
            error={price !== undefined || !draft.unitPrice ? act.errorOf('unitPrice') : m.amount_wrong()}
          />
          <TextField
            label={m.line_discount()}
            inputMode="decimal"
            value={draft.discount}
            onChange={(discount) => set({ discount })}
            error={parseDecimal(draft.discount) ? act.errorOf('discount') : m.amount_wrong()}
          />
          <TextField
            label={m.line_tax_all()}
            inputMode="decimal"
            value={draft.tax}
            onChange={(tax) => set({ tax })}
            error={parseDecimal(draft.tax) ? act.errorOf('tax') : m.amount_wrong()}
          />
        </div>
      </div>
    </Dialog>
  );
}

/** A fee may be below zero: a coupon. */
function signedDecimal(text: string): string | undefined {
  const t = text.trim().replace('−', '-');
  const value = parseDecimal(t.replace(/^-/, ''), 6);
  return value && t.startsWith('-') ? `-${value}` : value;
}
