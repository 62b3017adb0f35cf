import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import type { OrderPageQuery, OrderPartsFragment } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Banner } from '../../kit/Banner';
import { Button, OutLink } from '../../kit/Button';
import { SelectField } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { Panel } from '../../kit/Panel';
import { Pill } from '../../kit/Pill';
import { Manage } from '../../kit/Role';
import { Empty, Loaded } from '../../kit/States';
import { Time } from '../../kit/Time';
import { toast, toastError } from '../../kit/toast';
import { customerName } from '../../lib/names';
import { m } from '../../paraglide/messages.js';
import { useMayManage } from '../../shell/data';
import { standing } from '../orders/blockers';
import { ChangeStatus } from '../orders/documents';
import { useOrdersChanged } from '../orders/useOrdersChanged';
import { Blockers } from './Blockers';
import { Customer } from './Customer';
import { ExportOne, OrderPage, RetryOne } from './documents';
import { Lines } from './Lines';
import { Notices } from './Notices';
import { Payments } from './Payments';
import { Refunds } from './Refunds';
import { Timeline } from './Timeline';
import { useOrderAct } from './useOrderAct';

export function Page() {
  const { key = '' } = useParams({ strict: false });
  const [result, again] = useQuery({ query: OrderPage, variables: { key } });
  const id = result.data?.order?.id;
  useOrdersChanged((is) => {
    if (id && is(id)) again({ requestPolicy: 'network-only' });
  });
  return (
    <Loaded result={result} again={again} rows={8}>
      {(data) => (data.order ? <Shown key={data.order.id} order={data.order} data={data} /> : <Missing number={key} />)}
    </Loaded>
  );
}

function Missing({ number }: { number: string }) {
  return (
    <>
      <Head title={m.order_missing()} crumb={<Link to="/orders">{m.nav_orders()}</Link>} />
      <Panel title={m.order_missing()}>
        <Empty
          icon="search"
          title={m.order_missing_lead({ key: number })}
          act={
            <Link to="/orders" search={{ view: 'all' } as never} className="btn">
              {m.nav_orders()}
            </Link>
          }
        />
      </Panel>
    </>
  );
}

function Shown({ order, data }: { order: OrderPartsFragment; data: OrderPageQuery }) {
  const { tone, words } = standing(order);
  const name = customerName(order.customer) || m.order_nobody();
  return (
    <>
      <Head
        crumb={<Link to="/orders">{m.nav_orders()}</Link>}
        title={m.order_title({ number: order.number })}
        pill={
          <>
            <Pill tone={tone}>{words}</Pill>
            {order.refunds.some((r) => r.afterExport && !r.doneInLightspeedAt) && (
              <Pill tone="warn">{m.order_refund_todo()}</Pill>
            )}
          </>
        }
        lead={
          <>
            {m.order_placed()} <Time at={order.placedAt} /> · <bdi>{name}</bdi> ·{' '}
            {order.pickupLocation ? m.order_pickup({ store: order.pickupLocation.name }) : m.order_ship()}
            {order.websiteUrl && (
              <>
                {' · '}
                <OutLink href={order.websiteUrl}>{m.order_on_website()}</OutLink>
              </>
            )}
          </>
        }
        acts={<Acts order={order} statuses={data.statusTypes} />}
      />
      <div className="cols">
        <div className="stack">
          {order.export?.state === 'FAILED' && order.export.reason && (
            <Banner
              tone="bad"
              title={m.exp_failed()}
              acts={
                <Link to="/settings/export" className="btn">
                  {m.orders_export_settings()}
                </Link>
              }
            >
              {order.export.reason.message}
            </Banner>
          )}
          <Refunds order={order} />
          <Notices order={order} />
          <Blockers order={order} />
          <Lines order={order} locations={data.locations} />
          <Payments order={order} />
        </div>
        <div className="stack">
          <Timeline order={order} />
          <Customer order={order} />
        </div>
      </div>
    </>
  );
}

function Acts({ order, statuses }: { order: OrderPartsFragment; statuses: OrderPageQuery['statusTypes'] }) {
  const may = useMayManage();
  const status = useAct(ChangeStatus);
  const exportIt = useOrderAct(ExportOne);
  const retry = useOrderAct(RetryOne);
  const state = order.export?.state;
  // What was said when the export began is no longer so once it has come to something.
  const begun = useRef<() => void>(undefined);
  const ends =
    state && (state === 'EXPORTED' || state === 'FAILED' || state === 'BLOCKED') ? order.export?.attempts : -1;
  useEffect(() => {
    if (ends !== -1) begun.current?.();
  }, [ends]);
  const send = async (act: typeof exportIt | typeof retry, words: string) => {
    if (await act.run({ orderId: order.id })) begun.current = toast(words);
  };
  const change = async (id: string) => {
    if (!id) return;
    const { data, ok } = await status.run({
      input: { orderIds: [order.id], statusId: id, expectedRevision: order.revision },
    });
    const wrong = data?.changeOrderStatus.results[0]?.userErrors[0] ?? data?.changeOrderStatus.userErrors[0];
    if (wrong) toastError(wrong.message);
    else if (ok) toast(m.order_status_set());
  };
  if (!may) return order.status && <Pill tone="plain">{order.status.name}</Pill>;
  return (
    <Manage>
      <SelectField
        label={m.order_status()}
        hideLabel
        none={m.order_no_status()}
        value={order.status?.id ?? ''}
        disabled={status.busy}
        onChange={(id) => void change(id)}
        choices={statuses
          .filter((s) => !s.retired || s.id === order.status?.id)
          .map((s) => ({ value: s.id, label: m.order_status_is({ name: s.name }), disabled: s.retired }))}
      />
      {(state === 'FAILED' || state === 'BLOCKED' || state === 'UNCONFIRMED') && (
        <Button
          look={state === 'FAILED' ? 'primary' : 'plain'}
          icon="refresh"
          busy={retry.busy}
          onClick={() => void send(retry, m.order_retried())}
        >
          {m.order_retry()}
        </Button>
      )}
      {!state && (
        <Button
          look={order.exportBlockers.length > 0 ? 'plain' : 'primary'}
          icon="export"
          busy={exportIt.busy}
          disabled={order.exportBlockers.length > 0}
          title={order.exportBlockers.length > 0 ? m.order_export_held() : undefined}
          onClick={() => void send(exportIt, m.order_exporting())}
        >
          {m.order_export()}
        </Button>
      )}
    </Manage>
  );
}
