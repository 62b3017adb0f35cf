import type { OrderPartsFragment } from '../../gql/graphql';
import { OutLink } from '../../kit/Button';
import { Panel } from '../../kit/Panel';
import { customerName } from '../../lib/names';
import { m } from '../../paraglide/messages.js';

type Address = OrderPartsFragment['customer']['address'];

const lines = (a: Address): string[] =>
  [a.line1, a.line2, [a.city, a.region, a.zip].filter(Boolean).join(' '), a.country].filter(Boolean);

/** Who placed the order, and where it goes. */
export function Customer({ order }: { order: OrderPartsFragment }) {
  const c = order.customer;
  const rows: [string, string][] = [
    [m.customer_name(), customerName({ ...c, company: '', email: '' })],
    [m.customer_company(), c.company],
    [m.customer_email(), c.email],
    [m.customer_phone(), c.phone],
    [m.customer_address(), lines(c.address).join(', ')],
    [m.customer_shipping(), order.shippingAddress ? lines(order.shippingAddress).join(', ') : ''],
    [m.customer_note(), order.note],
  ];
  const known = rows.filter(([, value]) => value);
  return (
    <Panel
      title={m.order_customer()}
      aside={
        order.export?.customerUrl && (
          <OutLink href={order.export.customerUrl} className="small">
            Lightspeed
          </OutLink>
        )
      }
    >
      {known.length > 0 ? (
        <dl className="kv">
          {known.map(([label, value]) => (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd className="any">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="muted">{m.customer_unknown()}</p>
      )}
    </Panel>
  );
}
