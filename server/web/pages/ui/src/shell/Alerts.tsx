import { Link } from '@tanstack/react-router';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { ShellQuery } from '../gql/graphql';
import { IconButton } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { Count } from '../kit/Pill';
import { Time } from '../kit/Time';
import { number } from '../lib/format';
import { placeOf } from '../lib/places';
import type { View } from '../pages/orders/views';
import { m } from '../paraglide/messages.js';
import { useShell } from './data';

type Alert = ShellQuery['alerts'][number];

/** The orders that an alert is about. */
const orderViews: Partial<Record<Alert['code'], View>> = {
  EXPORTS_FAILED: 'failed',
  EXPORTS_PAUSED: 'underway',
  SECOND_SALE: 'exported',
  SALE_COMPLETED_AT_TILL: 'failed',
};

/** Alerts that nobody has dismissed. */
export const openAlerts = (alerts: readonly Alert[] | undefined) => (alerts ?? []).filter((a) => !a.dismissedAt);

export function AlertItem({ alert, onGo, act }: { alert: Alert; onGo?: () => void; act?: React.ReactNode }) {
  const to = placeOf(alert.setting);
  const view = orderViews[alert.code];
  return (
    <li className="al warn">
      <Icon name="warn" />
      <p className="t">{alert.message}</p>
      <div className="m">
        <span>
          {m.alert_times({ count: alert.count, n: number(alert.count) })} · {m.alert_since()}{' '}
          <Time at={alert.firstAt} />
        </span>
        <span className="acts">
          {act}
          {to && (
            <Link to={to} className="btn sm" onClick={onGo}>
              {m.alert_go()}
            </Link>
          )}
          {view && (
            <Link to="/orders" search={{ view } as never} className="btn sm" onClick={onGo}>
              {m.nav_orders()}
            </Link>
          )}
        </span>
      </div>
    </li>
  );
}

/** The bell of the top bar, and what waits, under it. */
export function AlertsButton() {
  const { data } = useShell();
  const open = openAlerts(data?.alerts);
  return (
    <DialogTrigger>
      <AriaButton className="btn quiet alerts">
        <Icon name="bell" />
        <span className="only-d">{m.alerts()}</span>
        <span className="only-p sr">{m.alerts()}</span>
        {open.length > 0 && <Count value={number(open.length)} tone="bad" />}
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Dialog aria-label={m.alerts()} className="inner">
          {({ close }) => (
            <>
              <header>
                <h2>{m.alerts_open({ count: open.length, n: number(open.length) })}</h2>
                <IconButton icon="close" label={m.close()} onClick={close} />
              </header>
              {open.length > 0 ? (
                <ul>
                  {open.slice(0, 5).map((a) => (
                    <AlertItem key={a.id} alert={a} onGo={close} />
                  ))}
                </ul>
              ) : (
                <p className="pad">{m.alerts_none()}</p>
              )}
              <p className="pad muted small">
                {m.alerts_end()}{' '}
                <Link to="/alerts" onClick={close}>
                  {m.alerts_all()}
                </Link>
              </p>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
