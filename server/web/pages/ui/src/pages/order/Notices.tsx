import type { OrderPartsFragment } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { Icon } from '../../kit/Icon';
import { Panel } from '../../kit/Panel';
import { Tag } from '../../kit/Pill';
import { Manage } from '../../kit/Role';
import { number } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { Acknowledge } from './documents';
import { useOrderAct } from './useOrderAct';

/** What staff must know about the order, besides refunds, which have their own steps. */
export function Notices({ order }: { order: OrderPartsFragment }) {
  const act = useOrderAct(Acknowledge);
  const notices = order.notices.filter((n) => n.code !== 'REFUND_IN_LIGHTSPEED');
  if (notices.length === 0) return null;
  return (
    <Panel title={m.order_notices()} aside={<Tag tone="warn">{number(notices.length)}</Tag>}>
      {notices.map((n) => (
        <div key={n.code} className="blk">
          <Icon name="warn" />
          <span className="t">{n.message}</span>
          <Manage>
            <Button
              busy={act.busy}
              onClick={() =>
                void act.run({ orderId: order.id, code: n.code, expectedRevision: order.revision }, m.notice_ended())
              }
            >
              {m.notice_end()}
            </Button>
          </Manage>
        </div>
      ))}
    </Panel>
  );
}
