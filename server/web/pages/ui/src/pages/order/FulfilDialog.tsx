import { useState } from 'react';
import type { OrderPageQuery, OrderPartsFragment } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { Radios, SelectField, TextField } from '../../kit/Field';
import { negated, parseDecimal, plain, sum } from '../../lib/decimal';
import { m } from '../../paraglide/messages.js';
import { StoreFulfillment, SupplierFulfillment } from './documents';
import { useOrderAct } from './useOrderAct';

type Props = { order: OrderPartsFragment; locations: OrderPageQuery['locations']; onClose(): void };

/** Records who has handed over what: a store, or a supplier. Everything that is left is filled in. */
export function FulfilDialog({ order, locations, onClose }: Props) {
  const store = useOrderAct(StoreFulfillment, ['locationId', 'lines']);
  const supplier = useOrderAct(SupplierFulfillment, ['lines']);
  const [by, setBy] = useState<'STORE' | 'SUPPLIER'>('STORE');
  const [location, setLocation] = useState(order.pickupLocation?.id ?? '');
  const open = order.lines
    .filter((l) => !l.removed && l.kind === 'PRODUCT')
    .map((l) => ({ ...l, left: plain(sum([l.quantity, negated(l.fulfilledQuantity)]), 0) }))
    .filter((l) => /[1-9]/.test(l.left));
  const [units, setUnits] = useState<Record<string, string>>({});
  const rows = open.map((l) => ({ ...l, typed: units[l.id] ?? l.left }));
  const chosen = rows.filter((r) => r.typed.trim() !== '' && r.typed.trim() !== '0');
  const wrong = chosen.some((r) => parseDecimal(r.typed, 6) === undefined);
  const act = by === 'STORE' ? store : supplier;
  const save = async () => {
    const lines = chosen.map((r) => ({ lineId: r.id, quantity: parseDecimal(r.typed, 6) }));
    const input = { orderId: order.id, lines, expectedRevision: order.revision };
    const ok =
      by === 'STORE'
        ? await store.run({ ...input, locationId: location || undefined }, m.fulfil_done())
        : await supplier.run(input, m.fulfil_done());
    if (ok) onClose();
  };
  return (
    <Dialog
      title={m.fulfil_title()}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button
            look="primary"
            busy={act.busy}
            disabled={wrong || chosen.length === 0 || (by === 'STORE' && !location)}
            onClick={() => void save()}
          >
            {m.fulfil_save()}
          </Button>
        </>
      }
    >
      <Radios<'STORE' | 'SUPPLIER'>
        label={m.fulfil_who()}
        value={by}
        saved="STORE"
        plain
        onChange={setBy}
        choices={[
          { value: 'STORE', label: m.fulfil_store(), hint: m.fulfil_store_hint() },
          { value: 'SUPPLIER', label: m.fulfil_supplier(), hint: m.fulfil_supplier_hint() },
        ]}
      />
      <div className="fields">
        {by === 'STORE' && (
          <SelectField
            label={m.fulfil_location()}
            value={location}
            onChange={setLocation}
            error={store.errorOf('locationId')}
            choices={locations.map((l) => ({ value: l.id, label: l.name }))}
          />
        )}
        {rows.map((r) => (
          <TextField
            key={r.id}
            label={<bdi>{r.description}</bdi>}
            hint={m.fulfil_left({ n: r.left })}
            inputMode="numeric"
            value={r.typed}
            onChange={(v) => setUnits((u) => ({ ...u, [r.id]: v }))}
            error={
              r.typed.trim() !== '' && parseDecimal(r.typed, 6) === undefined
                ? m.units_wrong()
                : act.errorOf('quantity')
            }
          />
        ))}
      </div>
    </Dialog>
  );
}
