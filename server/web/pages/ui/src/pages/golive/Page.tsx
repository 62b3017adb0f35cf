import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import type { GoLivePageQuery } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Banner } from '../../kit/Banner';
import { Button } from '../../kit/Button';
import { Head } from '../../kit/Head';
import { Panel } from '../../kit/Panel';
import { Manage } from '../../kit/Role';
import { Loaded } from '../../kit/States';
import { toast, toastError } from '../../kit/toast';
import { number } from '../../lib/format';
import { ended } from '../../lib/runs';
import { m } from '../../paraglide/messages.js';
import { useSetupChanged, useShell } from '../../shell/data';
import { Checklist } from '../status/Checklist';
import { Now } from '../status/Now';
import { useSyncNow } from '../status/useSyncNow';
import { GoLive, GoLivePage } from './documents';
import { Findings, Why } from './Findings';

/** The end of a new site's set-up: what the first sync found, and the switch. */
export function Page() {
  const [result, again] = useQuery({ query: GoLivePage });
  const shell = useShell();
  const read = () => again({ requestPolicy: 'network-only' });
  const now = useSyncNow(() => {
    read();
    shell.again();
  });

  useSetupChanged(read);
  return (
    <>
      <Head title={m.live_title()} lead={result.data?.setup.live ? m.live_done_lead() : m.live_lead()} />
      <div className="stack">
        <Loaded result={result} again={again} rows={8}>
          {(data) => (
            <div className="cols">
              <div className="stack">
                {now?.run && !ended(now.state) && <Now now={now} run={now.run} />}
                <Findings data={data} />
                <Why data={data} />
              </div>
              <div className="stack">
                {data.setup.live ? (
                  <Done complete={data.setup.complete} exporting={data.exportSettings.enabled} />
                ) : (
                  <Switch data={data} />
                )}
                {!data.setup.live && !data.setup.readyToGoLive && <Checklist />}
              </div>
            </div>
          )}
        </Loaded>
      </div>
    </>
  );
}

/** What going live does, and the button. */
function Switch({ data }: { data: GoLivePageQuery }) {
  const act = useAct(GoLive);
  const { setup } = data;
  const reading = setup.issues.some((i) => i.code === 'FIRST_SYNC_PENDING');
  const go = async () => {
    const { ok, userErrors } = await act.run({});
    if (ok) toast(m.live_done_title());
    else if (userErrors[0]) toastError(userErrors[0].message);
  };
  const waits = !setup.readyToGoLive ? m.live_not_yet() : reading ? m.live_reading() : undefined;
  return (
    <Panel title={m.live_switch()}>
      <p>{m.live_what()}</p>
      <ul className="dots">
        <li>{m.live_what_items({ count: setup.wouldDisplay, n: number(setup.wouldDisplay) })}</li>
        <li>{m.live_what_stock()}</li>
        <li>{data.exportSettings.enabled ? m.live_what_export() : m.live_what_no_export()}</li>
      </ul>
      <p className="muted small gap">{m.live_back()}</p>
      <Manage>
        <div className="row gap">
          <Button look="primary" busy={act.busy} disabled={waits !== undefined} onClick={() => void go()}>
            {m.live_act()}
          </Button>
        </div>
      </Manage>
      {waits && <p className="t-warn">{waits}</p>}
    </Panel>
  );
}

function Done({ complete, exporting }: { complete: boolean; exporting: boolean }) {
  return (
    <>
      <Banner tone={complete ? 'ok' : 'warn'} title={complete ? m.live_done_title() : m.live_done_incomplete()}>
        {complete ? m.live_done_lead() : m.live_done_incomplete_lead()}
      </Banner>
      <p className="row">
        <Link to="/status" className="btn">
          {m.nav_status()}
        </Link>
        <Link to={exporting ? '/orders' : '/settings/export'} className="btn">
          {exporting ? m.nav_orders() : m.nav_export()}
        </Link>
      </p>
    </>
  );
}
