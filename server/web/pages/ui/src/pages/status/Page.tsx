import { useQuery } from 'urql';
import type { StatusPageQuery } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Banner } from '../../kit/Banner';
import { Button } from '../../kit/Button';
import { Head } from '../../kit/Head';
import { Meter } from '../../kit/Meter';
import { Panel } from '../../kit/Panel';
import { Manage } from '../../kit/Role';
import { Loaded } from '../../kit/States';
import { Time } from '../../kit/Time';
import { toast, toastError } from '../../kit/toast';
import { number } from '../../lib/format';
import { ended } from '../../lib/runs';
import { m } from '../../paraglide/messages.js';
import { useShell, websiteOf } from '../../shell/data';
import { Checklist } from './Checklist';
import { ConfirmHidden, ConfirmLower, StartSync, StatusPage } from './documents';
import { Now } from './Now';
import { BudgetHour, Days, DisplayHistory, Hour } from './Pictures';
import { RecentRuns } from './RecentRuns';
import { useSyncNow } from './useSyncNow';

export function Page() {
  const [result, again] = useQuery({ query: StatusPage });
  // Asked at once, so that the pictures stand with the figures beside them.
  useQuery({ query: DisplayHistory });
  useQuery({ query: BudgetHour });
  const shell = useShell();
  const now = useSyncNow(() => {
    again({ requestPolicy: 'network-only' });
    shell.again();
  });
  const start = useAct(StartSync);
  const link = result.data?.lightspeedLink;
  const connected = link?.state === 'CONNECTED';

  const sync = async (input: { full?: boolean; shopId?: string }) => {
    const { ok, userErrors } = await start.run({ input: { full: false, ...input } });
    if (ok) toast(m.sync_asked());
    else if (userErrors[0]) toastError(userErrors[0].message);
  };

  return (
    <>
      <Head
        title={m.nav_status()}
        lead={
          link && connected
            ? m.status_lead({ account: link.accountName, who: link.employeeName })
            : m.status_lead_none()
        }
        acts={
          connected && (
            <Manage>
              <Button
                busy={start.busy}
                disabled={!!now && !!now.run && !ended(now.state)}
                onClick={() => void sync({ full: true })}
              >
                {m.sync_everything()}
              </Button>
              <Button
                look="primary"
                busy={start.busy}
                disabled={!!now && !!now.run && !ended(now.state)}
                onClick={() => void sync({})}
              >
                {m.sync_now()}
              </Button>
            </Manage>
          )
        }
      />
      <div className="stack">
        <Loaded result={result} again={again}>
          {(data) => <Held held={data.heldChanges} />}
        </Loaded>
        <div className="cols">
          <div className="stack">
            <Checklist />
            {now?.run && <Now now={now} run={now.run} />}
            <Loaded result={result} again={again} rows={6}>
              {(data) => <RecentRuns runs={data.syncRuns.edges.map((e) => e.node)} />}
            </Loaded>
          </div>
          <div className="stack">
            <Website />
            <Loaded result={result} again={again}>
              {(data) => (
                <>
                  <StockAsOf
                    shops={data.shops}
                    may={connected && (!now?.run || ended(now.state))}
                    sync={(shopId) => void sync({ shopId })}
                  />
                  {data.lightspeedLink?.budget && <Allowance budget={data.lightspeedLink.budget} />}
                </>
              )}
            </Loaded>
          </div>
        </div>
      </div>
    </>
  );
}

function Website() {
  const s = websiteOf(useShell().data);
  if (!s) return null;
  return (
    <Panel title={s.live ? m.website() : m.website_later()}>
      <dl className="figs two">
        <div>
          <dt>{s.live ? m.website_shown() : m.website_shown_later()}</dt>
          <dd>{number(s.shown)}</dd>
        </div>
        <div>
          <dt>{s.live ? m.website_hidden() : m.website_hidden_later()}</dt>
          <dd>{number(s.hidden)}</dd>
        </div>
      </dl>
      <Meter label={m.website_share()} value={s.shown} max={s.total} />
      <Days now={s.shown} />
      {!s.live && <p className="muted small">{m.website_later_hint()}</p>}
    </Panel>
  );
}

function StockAsOf(p: { shops: StatusPageQuery['shops']; may: boolean; sync(shopId: string): void }) {
  const shops = p.shops.filter((s) => !s.archived);
  if (shops.length === 0) return null;
  return (
    <Panel title={m.stock_as_of()}>
      <ul className="rows">
        {shops.map((s) => (
          <li key={s.id}>
            <span>{s.name}</span>
            <span className="muted">{s.location ? <Time at={s.stockAsOf} past /> : m.stock_not_mapped()}</span>
            {p.may && s.location && (
              <Manage>
                <Button
                  look="quiet"
                  small
                  icon="refresh"
                  title={m.stock_read({ shop: s.name })}
                  onClick={() => p.sync(s.id)}
                >
                  <span className="sr">{m.stock_read({ shop: s.name })}</span>
                </Button>
              </Manage>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type Budget = { level: number; size: number; dripPerSecond: number; observedAt: string };

export function Allowance({ budget }: { budget: Budget }) {
  const free = Math.max(0, Math.round(budget.size - budget.level));
  const text = m.allowance_free({ free: number(free), size: number(budget.size) });
  return (
    <Panel title={m.allowance()}>
      <div className="fix">
        <span>{text}</span>
        <span className="muted small">{m.allowance_refill({ n: number(budget.dripPerSecond) })}</span>
      </div>
      <Meter label={m.allowance()} value={free} max={budget.size} text={text} />
      <Hour seen={budget.observedAt} />
      <p className="muted small">{m.allowance_hint()}</p>
    </Panel>
  );
}

/** What waits for a manager, because it would change much of the website at once. */
function Held({ held }: { held: StatusPageQuery['heldChanges'] }) {
  const hide = useAct(ConfirmHidden);
  const lower = useAct(ConfirmLower);
  const run = async (act: typeof hide | typeof lower, count: number) => {
    const { ok, userErrors } = await act.run({ count });
    if (ok) toast(m.held_done());
    else if (userErrors[0]) toastError(userErrors[0].message);
  };
  return (
    <>
      {held.items > 0 && (
        <Banner
          tone="warn"
          title={m.held_items_title({ count: held.items, n: number(held.items) })}
          acts={
            <Manage>
              <Button look="danger" busy={hide.busy} onClick={() => void run(hide, held.items)}>
                {m.held_items_act({ n: number(held.items) })}
              </Button>
            </Manage>
          }
        >
          {m.held_items_lead()}
        </Banner>
      )}
      {held.prices > 0 && (
        <Banner
          tone="warn"
          title={m.held_prices_title({ count: held.prices, n: number(held.prices) })}
          acts={
            <Manage>
              <Button look="danger" busy={lower.busy} onClick={() => void run(lower, held.prices)}>
                {m.held_prices_act({ n: number(held.prices) })}
              </Button>
            </Manage>
          }
        >
          {m.held_prices_lead()}
        </Banner>
      )}
    </>
  );
}
