import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { Banner } from '../../kit/Banner';
import { SelectField, TextField } from '../../kit/Field';
import { Filters } from '../../kit/Filters';
import { Head } from '../../kit/Head';
import { Pager, pageArgs } from '../../kit/Pager';
import { Panel } from '../../kit/Panel';
import { usePicks } from '../../kit/picks';
import { Manage } from '../../kit/Role';
import { SearchField } from '../../kit/SearchField';
import { Empty, Loaded } from '../../kit/States';
import { Tabs } from '../../kit/Tabs';
import { number } from '../../lib/format';
import type { Search } from '../../lib/search';
import { m } from '../../paraglide/messages.js';
import { Bulk, ExportAll } from './Bulk';
import { blockerPlace, blockerWords, remedyWords } from './blockers';
import type { Outcome } from './bulk';
import { OrdersAround, OrdersPage } from './documents';
import { PauseButton, Paused } from './Pause';
import { OrderTable } from './Table';
import { useOrdersChanged } from './useOrdersChanged';
import {
  ownBlockers,
  payments,
  paymentWords,
  toneOf,
  type View,
  viewCount,
  viewOf,
  views,
  viewWords,
  whereOf,
} from './views';

export function Page() {
  const search = useSearch({ strict: false }) as Search;
  const go = useNavigate();
  const view = viewOf(search);
  const [around, aroundAgain] = useQuery({ query: OrdersAround });
  const issues = around.data?.exportSettings.issues ?? [];
  const stopped = issues.length > 0;
  // What is missing besides is asked for where exporting is switched on.
  const off = issues.filter((i) => i.code === 'EXPORT_OFF');
  const where = whereOf(search, stopped);
  const [result, again] = useQuery({
    query: OrdersPage,
    variables: { ...pageArgs(search, 50), where },
    pause: !around.data && !around.error,
  });
  const { picked, pick, old } = usePicks(where, result);
  const [outcome, setOutcome] = useState<Outcome & { words: string }>();

  // What happens to orders and their exports moves them from one list to the next, and new ones come in.
  useOrdersChanged(() => {
    again({ requestPolicy: 'network-only' });
    aroundAgain({ requestPolicy: 'network-only' });
  });

  const done = (o: Outcome & { words: string }) => {
    setOutcome(o);
    pick(new Set());
    again({ requestPolicy: 'network-only' });
    aroundAgain({ requestPolicy: 'network-only' });
  };

  const { after: _, before: __, ...filters } = search;
  const filter = (more: Search) => void go({ to: '.', search: { ...filters, ...more } as never, replace: true });
  const filtered = Boolean(search.q || search.status || search.paid || search.from || search.to || search.why);
  const counts = around.data?.exportCounts;
  // What was said of exports that began is no longer so once none is under way.
  const over = counts && viewCount('underway', counts) === 0 ? viewCount('failed', counts) : undefined;
  useEffect(() => {
    if (over !== undefined) setOutcome((o) => (o && (o.error || o.refused.length > 0) ? o : undefined));
  }, [over]);
  return (
    <>
      <Head
        title={m.nav_orders()}
        lead={m.orders_lead()}
        acts={
          <>
            {around.data && off.length === 0 && !around.data.exportSettings.pause && <PauseButton />}
            <Link to="/settings/export" className="btn quiet">
              {m.orders_export_settings()}
            </Link>
          </>
        }
      />
      <div className="stack">
        {around.data?.exportSettings.pause && <Paused pause={around.data.exportSettings.pause} />}
        {(off.length > 0 ? off : issues).map((issue) => {
          const to = blockerPlace(issue.code);
          return (
            <Banner
              key={issue.code}
              tone="bad"
              title={issue.message}
              acts={
                to && (
                  <Link to={to} className="btn">
                    {remedyWords(issue.code)}
                  </Link>
                )
              }
            >
              {issue.advice} {m.orders_stopped()}
            </Banner>
          );
        })}
        {outcome && <OutcomeBanner outcome={outcome} />}
        <Panel title={<span className="sr">{viewWords[view]()}</span>} className="lists" flush>
          <Tabs<View>
            label={m.orders_lists()}
            now={view}
            to={(v) => ({ view: v === 'ready' ? undefined : v, q: search.q })}
            tabs={views.map((v) => {
              const count = counts && viewCount(v, counts);
              return {
                value: v,
                label: viewWords[v](),
                count: count === undefined ? undefined : number(count),
                tone: toneOf(v, count ?? 0),
              };
            })}
          />
          <Filters
            first={<SearchField label={m.orders_search()} value={search.q ?? ''} onChange={(q) => filter({ q })} />}
            used={[search.status, search.paid, search.from, search.to].filter(Boolean).length}
          >
            <SelectField
              label={m.order_status()}
              none={m.orders_any_status()}
              value={search.status ?? ''}
              onChange={(status) => filter({ status })}
              choices={(around.data?.statusTypes ?? []).map((s) => ({ value: s.id, label: s.name }))}
            />
            <SelectField
              label={m.orders_paid()}
              none={m.any()}
              value={search.paid ?? ''}
              onChange={(paid) => filter({ paid })}
              choices={payments.map((p) => ({ value: p, label: paymentWords[p]() }))}
            />
            <TextField
              label={m.orders_from()}
              type="date"
              value={search.from ?? ''}
              onChange={(from) => filter({ from })}
            />
            <TextField label={m.orders_to()} type="date" value={search.to ?? ''} onChange={(to) => filter({ to })} />
          </Filters>
          {view === 'held' && counts && counts.blockers.length > 1 && (
            <fieldset className="chips pad24">
              <legend className="sr">{m.orders_why()}</legend>
              <button
                type="button"
                className="chip"
                aria-pressed={!search.why}
                onClick={() => filter({ why: undefined })}
              >
                {m.orders_any_cause()}
              </button>
              {counts.blockers
                .filter((b) => ownBlockers.includes(b.code))
                .map((b) => (
                  <button
                    key={b.code}
                    type="button"
                    className="chip"
                    aria-pressed={search.why === b.code}
                    onClick={() => filter({ why: b.code })}
                  >
                    {blockerWords[b.code]()} <b>{number(b.count)}</b>
                  </button>
                ))}
            </fieldset>
          )}
          {around.error && !around.data && (
            <div className="pad24">
              <Loaded result={around} again={aroundAgain}>
                {() => null}
              </Loaded>
            </div>
          )}
          <Loaded result={result} again={again} rows={10}>
            {({ orders }) =>
              orders.edges.length > 0 ? (
                <div inert={old}>
                  {view === 'ready' && picked.size === 0 && (
                    <Manage>
                      <ExportAll
                        // While a setting stops all of them, the list has those that are held back too.
                        count={stopped ? (counts?.ready ?? 0) : orders.totalCount}
                        where={where}
                        register={around.data?.exportSettings.register?.name}
                        stopped={stopped}
                        onDone={done}
                      />
                    </Manage>
                  )}
                  <OrderTable
                    rows={orders.edges.map((e) => e.node)}
                    view={view}
                    picked={picked}
                    onPick={pick}
                    onDone={done}
                  />
                  <Pager
                    info={orders.pageInfo}
                    text={m.orders_n({ count: orders.totalCount, n: number(orders.totalCount) })}
                    go={(page) => void go({ to: '.', search: { ...filters, ...page } as never })}
                  />
                  {picked.size > 0 && (
                    <Manage>
                      <Bulk
                        view={view}
                        rows={orders.edges.map((e) => e.node)}
                        count={orders.totalCount}
                        register={around.data?.exportSettings.register?.name}
                        where={where}
                        statuses={around.data?.statusTypes ?? []}
                        picked={picked}
                        onPick={pick}
                        onDone={done}
                      />
                    </Manage>
                  )}
                </div>
              ) : (
                <div className="pad24">
                  <Nothing view={view} filtered={filtered} />
                </div>
              )
            }
          </Loaded>
        </Panel>
      </div>
    </>
  );
}

const emptyWords: Record<View, () => string> = {
  ready: m.orders_none_ready,
  held: m.orders_none_held,
  underway: m.orders_none_underway,
  failed: m.orders_none_failed,
  exported: m.orders_none_exported,
  refund: m.orders_none_refund,
  all: m.orders_none_all,
};

/** Where to look when a list is empty. */
const nextView: Record<View, View | undefined> = {
  ready: 'held',
  held: 'ready',
  underway: 'ready',
  failed: 'ready',
  exported: 'ready',
  refund: 'exported',
  all: undefined,
};

function Nothing({ view, filtered }: { view: View; filtered: boolean }) {
  if (!filtered) {
    const next = nextView[view];
    return (
      <Empty
        title={emptyWords[view]()}
        act={
          next && (
            <Link to="." search={{ view: next === 'ready' ? undefined : next } as never} className="btn">
              {viewWords[next]()}
            </Link>
          )
        }
      >
        {m.orders_none_lead()}
      </Empty>
    );
  }
  return (
    <Empty
      icon="search"
      title={m.orders_none_filter()}
      act={
        <Link to="." search={{ view: view === 'ready' ? undefined : view } as never} className="btn">
          {m.filters_clear()}
        </Link>
      }
    />
  );
}

function OutcomeBanner({ outcome }: { outcome: Outcome & { words: string } }) {
  const tone = outcome.error ? 'bad' : outcome.refused.length > 0 ? 'warn' : 'ok';
  return (
    <Banner tone={tone} title={outcome.words}>
      {outcome.error}
      {outcome.refused.slice(0, 5).map((r) => (
        <span key={r.number} className="block">
          <b>{r.number}</b>: {r.message}
        </span>
      ))}
      {outcome.refused.length > 5 && m.orders_more({ n: number(outcome.refused.length - 5) })}
    </Banner>
  );
}
