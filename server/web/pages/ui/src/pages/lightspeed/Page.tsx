import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { embedded } from '../../auth';
import type { LightspeedPageQuery } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Banner } from '../../kit/Banner';
import { Button } from '../../kit/Button';
import { TextField } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { Panel } from '../../kit/Panel';
import { Pill } from '../../kit/Pill';
import { Manage } from '../../kit/Role';
import { Loaded } from '../../kit/States';
import { Time } from '../../kit/Time';
import { toast, toastError } from '../../kit/toast';
import { number } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { useSetupChanged } from '../../shell/data';
import { ReadReferences } from '../prices/Page';
import { Allowance } from '../status/Page';
import { useSyncNow } from '../status/useSyncNow';
import { ConnectDialog, DisconnectDialog } from './dialogs';
import { Complete, Connect, LightspeedPage } from './documents';
import { Outcome } from './Outcome';

type Link_ = NonNullable<LightspeedPageQuery['lightspeedLink']>;

export function Page() {
  const [result, ask] = useQuery({ query: LightspeedPage });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useSetupChanged(again);
  useSyncNow(again);
  const connect = useAct(Connect);
  const read = useAct(ReadReferences);
  const [dialog, open] = useState<'connect' | 'disconnect'>();
  const [signIn, wait] = useState<string>(); // its address, while it goes on in a tab of its own that ends with a code

  const start = async (acknowledge: ('REPLACES_CONNECTION' | 'OTHER_ACCOUNT')[]) => {
    const returnUrl = embedded ? null : `${window.location.origin}/manage/settings/lightspeed`;
    const { ok, data, userErrors } = await connect.run({ input: { returnUrl, acknowledge } });
    const address = data?.connectLightspeed.authorizeUrl;
    if (!ok || !address) {
      if (userErrors[0]) toastError(userErrors.map((e) => e.message).join(' '));
      return;
    }
    // A frame cannot leave its page: Lightspeed opens beside it, and its last page shows a code.
    if (embedded) {
      window.open(address, '_blank', 'noopener');
      wait(address);
      open(undefined);
    } else {
      window.location.assign(address);
    }
  };
  const refresh = async () => {
    const { ok, userErrors } = await read.run({});
    if (ok) toast(m.reading_lists());
    else if (userErrors[0]) toastError(userErrors[0].message);
  };

  return (
    <>
      <Head title={m.nav_lightspeed()} lead={m.ls_lead()} />
      <div className="stack">
        <Outcome again={again} />
        {signIn && <EnterCode address={signIn} done={() => wait(undefined)} again={again} />}
        <Loaded result={result} again={again} rows={6}>
          {(data) => {
            const link = data.lightspeedLink;
            const never = !link || link.state === 'NEVER_CONNECTED';
            return (
              <>
                {link?.state === 'NEEDS_REAUTH' && (
                  <Banner
                    tone="bad"
                    title={m.ls_reauth_title()}
                    acts={
                      <Manage>
                        <Button look="primary" onClick={() => open('connect')}>
                          {m.ls_connect_again()}
                        </Button>
                      </Manage>
                    }
                  >
                    {m.ls_reauth_lead()} <Time at={link.reauthSince} />
                  </Banner>
                )}
                <div className="cols">
                  <div className="stack">
                    {never ? (
                      <Panel title={m.ls_never_title()}>
                        <p>{m.ls_never_lead()}</p>
                        <ul className="dots">
                          <li>{m.ls_never_1()}</li>
                          <li>{m.ls_never_2()}</li>
                          <li>{m.ls_never_3()}</li>
                        </ul>
                        <Manage>
                          <div className="row">
                            <Button look="primary" busy={connect.busy} onClick={() => void start([])}>
                              {m.setup_go_connect()}
                            </Button>
                          </div>
                        </Manage>
                      </Panel>
                    ) : (
                      <Connection
                        link={link}
                        shops={data.shops}
                        connect={() =>
                          link.state === 'DISCONNECTED' ? void start(['OTHER_ACCOUNT']) : open('connect')
                        }
                        disconnect={() => open('disconnect')}
                      />
                    )}
                    {link?.state === 'CONNECTED' && (
                      <Panel title={m.ls_lists()}>
                        <p>
                          {m.ls_lists_read()} <Time at={data.syncStatus.referenceAsOf} past />. {m.ls_lists_lead()}
                        </p>
                        <Manage>
                          <div className="row">
                            <Button icon="refresh" busy={read.busy} onClick={() => void refresh()}>
                              {m.ls_lists_now()}
                            </Button>
                          </div>
                        </Manage>
                      </Panel>
                    )}
                  </div>
                  <div className="stack">
                    {link?.budget && link.state === 'CONNECTED' && <Allowance budget={link.budget} />}
                    {!never && (
                      <Panel title={m.ls_syncs()} aside={<Link to="/status">{m.nav_status()}</Link>}>
                        <dl className="kv lined">
                          <dt>{m.now_last()}</dt>
                          <dd className="num">
                            <Time at={data.syncStatus.lastSuccessAt} past />
                          </dd>
                          <dt>{m.now_next()}</dt>
                          <dd className="num">
                            {data.syncStatus.nextRunAt ? <Time at={data.syncStatus.nextRunAt} /> : m.now_none()}
                          </dd>
                        </dl>
                      </Panel>
                    )}
                  </div>
                </div>
                {link && dialog === 'connect' && (
                  <ConnectDialog
                    account={link.accountName}
                    busy={connect.busy}
                    close={() => open(undefined)}
                    go={(other) =>
                      void start(other ? ['REPLACES_CONNECTION', 'OTHER_ACCOUNT'] : ['REPLACES_CONNECTION'])
                    }
                  />
                )}
                {link && dialog === 'disconnect' && (
                  <DisconnectDialog account={link.accountName} close={() => open(undefined)} done={again} />
                )}
              </>
            );
          }}
        </Loaded>
      </div>
    </>
  );
}

const pills = {
  CONNECTED: ['ok', m.ls_state_connected],
  NEEDS_REAUTH: ['bad', m.link_reauth],
  DISCONNECTED: ['plain', m.ls_state_disconnected],
  NEVER_CONNECTED: ['plain', m.link_none],
} as const;

function Connection(p: { link: Link_; shops: LightspeedPageQuery['shops']; connect(): void; disconnect(): void }) {
  const { link } = p;
  const shops = p.shops.filter((s) => !s.archived);
  const mapped = shops.filter((s) => s.location).length;
  const [tone, words] = pills[link.state];
  const off = link.state === 'DISCONNECTED';
  return (
    <Panel title={m.ls_connection()} aside={<Pill tone={tone}>{words()}</Pill>}>
      <dl className="kv lined">
        <dt>{m.ls_account()}</dt>
        <dd>
          <b>{link.accountName}</b>{' '}
          <span className="muted">{m.ls_account_number({ number: link.lightspeedAccountId })}</span>
        </dd>
        <dt>{m.ls_signed_in()}</dt>
        <dd>{link.employeeName}</dd>
        <dt>{off ? m.ls_disconnected_at() : m.ls_connected_at()}</dt>
        <dd>
          <Time at={off ? link.disconnectedAt : link.connectedAt} />
          {!off && <span className="muted"> {m.run_by({ who: link.connectedBy })}</span>}
        </dd>
        <dt>{m.ls_shops()}</dt>
        <dd>
          {m.ls_shops_mapped({ mapped: number(mapped), all: number(shops.length) })} ·{' '}
          <Link to="/settings/stores">{m.nav_stores()}</Link>
        </dd>
      </dl>
      {off && <p className="muted gap">{m.ls_off_lead()}</p>}
      <Manage>
        <div className="row">
          <Button look={off ? 'primary' : 'plain'} onClick={p.connect}>
            {m.ls_connect_again()}
          </Button>
          {!off && (
            <Button look="quiet" onClick={p.disconnect}>
              {m.ls_disconnect()}
            </Button>
          )}
        </div>
      </Manage>
    </Panel>
  );
}

/** For the code of Lightspeed's last page, when the sign-in went on in another tab. */
function EnterCode({ address, done, again }: { address: string; done(): void; again(): void }) {
  const act = useAct(Complete);
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const run = async () => {
    const { ok, userErrors } = await act.run({ code: code.trim() });
    if (ok) {
      toast(m.ls_state_connected());
      done();
      again();
    } else setError(userErrors[0]?.message);
  };
  return (
    <Panel title={m.ls_code_title()}>
      <p>
        {m.ls_code_lead()} {/* A browser may stop a tab that opens after an answer, and does not say so. */}
        <a href={address} target="_blank" rel="noopener">
          {m.ls_code_tab()}
        </a>
      </p>
      <div className="fields">
        <TextField label={m.ls_code()} value={code} onChange={setCode} error={error} autoComplete="one-time-code" />
      </div>
      <div className="row">
        <Button look="primary" busy={act.busy} disabled={code.trim() === ''} onClick={() => void run()}>
          {m.ls_code_enter()}
        </Button>
        <Button onClick={done}>{m.cancel()}</Button>
      </div>
    </Panel>
  );
}
