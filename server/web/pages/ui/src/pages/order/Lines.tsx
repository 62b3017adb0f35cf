import { useState } from 'react';
import type { OrderPageQuery, OrderPartsFragment } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { Panel } from '../../kit/Panel';
import { Tag } from '../../kit/Pill';
import { Manage } from '../../kit/Role';
import { sign } from '../../lib/decimal';
import { decimal, money } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { useMayManage } from '../../shell/data';
import { FulfilDialog } from './FulfilDialog';
import { LineDialog } from './LineDialog';
import { QuantityDialog } from './QuantityDialog';
import { RemoveDialog } from './RemoveDialog';

type Line = OrderPartsFragment['lines'][number];

const kinds = {
  PRODUCT: m.kind_product,
  SHIPPING: m.kind_shipping,
  FEE: m.kind_fee,
  GIFT_CARD: m.kind_gift_card,
} as const;

/** What was sold, and who hands it over. */
export function Lines({ order, locations }: { order: OrderPartsFragment; locations: OrderPageQuery['locations'] }) {
  const [open, setOpen] = useState<'fulfil' | 'add'>();
  const [quantity, setQuantity] = useState<Line>();
  const [exchange, setExchange] = useState<Line>();
  const [remove, setRemove] = useState<Line>();
  const may = useMayManage();
  const close = () => setOpen(undefined);
  const left = order.lines.some((l) => !l.removed && l.kind === 'PRODUCT' && l.quantity !== l.fulfilledQuantity);
  return (
    <Panel
      title={m.order_lines()}
      flush
      aside={
        <Manage>
          <span className="acts">
            {left && !order.fulfilled && (
              <Button look="quiet" onClick={() => setOpen('fulfil')}>
                {m.fulfil()}
              </Button>
            )}
            <Button look="quiet" onClick={() => setOpen('add')}>
              {m.line_add()}
            </Button>
          </span>
        </Manage>
      }
    >
      <table className="list lines">
        <thead>
          <tr>
            <th>{m.line_product()}</th>
            <th className="num">{m.line_quantity()}</th>
            <th className="num">{m.order_total()}</th>
            <th>{m.line_handed()}</th>
            {may && (
              <th>
                <span className="sr">{m.acts()}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {order.lines.map((l) => (
            <tr key={l.id} className={l.removed ? 'gone' : undefined}>
              <td className="two wrap">
                <bdi>{l.removed ? <del className="muted">{l.description}</del> : l.description}</bdi>
                <div className="muted">
                  {l.kind === 'PRODUCT' ? l.product?.mpn || l.productKey : kinds[l.kind]()}
                  {l.product?.posItem && (
                    <>
                      {' · '}
                      <span className="nw">{m.line_item({ id: l.product.posItem.lightspeedItemId })}</span>
                    </>
                  )}
                  {l.addedBy && ` · ${m.line_added_by({ who: l.addedBy })}`}
                </div>
                {l.removed ? (
                  <Tag tone="plain" icon="minus">
                    {m.line_removed()}
                  </Tag>
                ) : (
                  l.kind === 'PRODUCT' &&
                  !l.product?.posItem && (
                    <Tag tone="warn" icon="unlinked">
                      {m.blk_unlinked()}
                    </Tag>
                  )
                )}
              </td>
              <td className="num qty">
                {decimal(l.quantity)} × {money(l.unitPrice)}
              </td>
              <td className="num tot">
                {l.removed ? <del className="muted">{money(l.total)}</del> : money(l.total)}
                {sign(l.discount.amount) !== 0 && (
                  <div className="muted small">{m.line_discount_of({ amount: money(l.discount) })}</div>
                )}
                {sign(l.tax.amount) !== 0 && (
                  <div className="muted small">{m.line_tax_of({ amount: money(l.tax) })}</div>
                )}
              </td>
              <td className="ho">
                <Handed line={l} />
              </td>
              {may && (
                <td className="act full">
                  {!l.removed && (
                    <span className="acts pile">
                      <Button look="quiet" small onClick={() => setQuantity(l)}>
                        {m.line_change_quantity()}
                        <span className="sr"> {l.description}</span>
                      </Button>
                      <Button look="quiet" small onClick={() => setExchange(l)}>
                        {m.line_exchange()}
                        <span className="sr"> {l.description}</span>
                      </Button>
                      <Button look="quiet" small onClick={() => setRemove(l)}>
                        {m.line_remove_short()}
                        <span className="sr"> {l.description}</span>
                      </Button>
                    </span>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="sum">
            <td colSpan={2}>{order.pricesIncludeTax ? m.order_total_included() : m.order_total_tax()}</td>
            <td className="num">{money(order.total)}</td>
            <td className="only-d" colSpan={may ? 2 : 1} />
          </tr>
        </tfoot>
      </table>
      {open === 'fulfil' && <FulfilDialog order={order} locations={locations} onClose={close} />}
      {open === 'add' && <LineDialog order={order} onClose={close} />}
      {quantity && <QuantityDialog order={order} line={quantity} onClose={() => setQuantity(undefined)} />}
      {exchange && <LineDialog order={order} line={exchange} onClose={() => setExchange(undefined)} />}
      {remove && <RemoveDialog order={order} line={remove} onClose={() => setRemove(undefined)} />}
    </Panel>
  );
}

function Handed({ line }: { line: Line }) {
  if (line.kind !== 'PRODUCT' || line.removed) return <span className="muted only-d">–</span>;
  if (line.fulfillments.length === 0) {
    return (
      <Tag tone="plain" icon="clock">
        {m.handed_not()}
      </Tag>
    );
  }
  return (
    <span className="tags">
      {line.fulfillments.map((f) => {
        const who = f.by === 'SUPPLIER' ? m.handed_supplier() : (f.location?.name ?? m.handed_store());
        return (
          <Tag key={`${f.by}${f.location?.id}`} tone="ok" icon={f.by === 'SUPPLIER' ? 'truck' : 'check'}>
            {f.quantity === line.quantity
              ? who
              : m.handed_some({ who, n: decimal(f.quantity), of: decimal(line.quantity) })}
          </Tag>
        );
      })}
    </span>
  );
}
