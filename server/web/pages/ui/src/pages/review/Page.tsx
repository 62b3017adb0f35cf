import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import type { MatchReason, ReviewFiguresQuery, ReviewPageQuery } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { SelectField } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { covered, typing } from '../../kit/keys';
import { Pager, pageArgs } from '../../kit/Pager';
import { Panel } from '../../kit/Panel';
import { PickBar } from '../../kit/PickBar';
import { Tag } from '../../kit/Pill';
import { usePicks } from '../../kit/picks';
import { Manage } from '../../kit/Role';
import { SearchField } from '../../kit/SearchField';
import { Empty, Failed, Loaded, Skeleton } from '../../kit/States';
import { Tabs } from '../../kit/Tabs';
import { toast, toastError } from '../../kit/toast';
import { number } from '../../lib/format';
import type { Search } from '../../lib/search';
import { m } from '../../paraglide/messages.js';
import { useMayManage } from '../../shell/data';
import { Case, type Decided } from './Case';
import { onHand } from './compare';
import { ConfirmMatches, Pairs, Pending, ReviewFigures, ReviewPage, SetAside, UndoConfirm } from './documents';

type Row = ReviewPageQuery['reviewQueue']['edges'][number]['node'];
type View = 'all' | MatchReason | 'aside';

const views: readonly View[] = ['all', 'UNCONFIRMED', 'CONTRADICTION', 'RIVAL', 'DOUBT', 'aside'];

export const reasonWords: Record<MatchReason, () => string> = {
  UNCONFIRMED: m.review_unconfirmed,
  CONTRADICTION: m.review_contradiction,
  RIVAL: m.review_rival,
  DOUBT: m.review_doubt,
};

const viewWords = (v: View) => (v === 'all' ? m.review_all() : v === 'aside' ? m.review_aside() : reasonWords[v]());

function countOf(v: View, figures: ReviewFiguresQuery['reviewSummary']): number {
  if (v === 'all') return figures.total;
  if (v === 'aside') return figures.setAside;
  return figures.reasons.find((r) => r.reason === v)?.count ?? 0;
}

const tried = 15; // times, 2 seconds apart: matching follows a decision within seconds

export function Page() {
  const search = useSearch({ strict: false }) as Search;
  const go = useNavigate();
  const client = useClient();
  const may = useMayManage();
  const view = views.find((v) => v === search.why) ?? 'all';
  const where = {
    ...(search.q && { search: search.q }),
    ...(search.stock && { inStock: true }),
    ...(view === 'aside' && { setAside: true }),
    ...(view !== 'all' && view !== 'aside' && { reasons: [view] }),
  };
  const [result, again] = useQuery({ query: ReviewPage, variables: { ...pageArgs(search, 50), where } });
  const [summary, summaryAgain] = useQuery({
    query: ReviewFigures,
    variables: { where: { ...(search.q && { search: search.q }), ...(search.stock && { inStock: true }) } },
  });
  const figures = summary.data?.reviewSummary;
  const { picked, pick, old } = usePicks(where, result);
  const [last, setLast] = useState<Decided>(); // what U takes back
  const rows = result.data?.reviewQueue.edges.map((e) => e.node) ?? [];
  // An item that a link names is shown also when the list does not have it, never another one in its place.
  const current = search.item ?? rows[0]?.id;
  const at = rows.findIndex((r) => r.id === current);
  const queue = useRef<HTMLDivElement>(null);

  const { after: _, before: __, item: ___, ...filters } = search;
  const filter = (more: Search) => void go({ to: '.', search: { ...filters, ...more } as never, replace: true });
  const show = useCallback(
    (id: string | undefined) => {
      if (id)
        void go({ to: '.', search: ((s: Search) => ({ ...s, item: id })) as never, replace: true, resetScroll: false });
    },
    [go],
  );
  const step = (by: 1 | -1) => {
    const next = rows[at + by];
    show(next?.id);
    if (next) queue.current?.querySelector(`[data-id="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };

  // Decisions take effect within seconds: those that wait are asked about until they are through.
  const [waiting, setWaiting] = useState<readonly string[]>([]);
  useEffect(() => {
    if (waiting.length === 0) return;
    let left = tried;
    const t = setInterval(async () => {
      const { data } = await client
        .query(Pending, { ids: [...waiting] }, { requestPolicy: 'network-only' })
        .toPromise();
      const pending = data?.nodes.some((n) => n && 'matchPending' in n && n.matchPending);
      if (!pending || --left === 0) {
        setWaiting([]);
        again({ requestPolicy: 'network-only' });
        summaryAgain({ requestPolicy: 'network-only' });
      }
    }, 2_000);
    return () => clearInterval(t);
  }, [waiting, client, again, summaryAgain]);
  const decided = (ids: readonly string[]) => setWaiting((w) => [...new Set([...w, ...ids])].slice(-100));

  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    pick(next);
  };
  useEffect(() => {
    const keys = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || typing(e) || covered()) return;
      const key = e.key.toLowerCase();
      if (key === 'j' || key === 'k') {
        e.preventDefault();
        step(key === 'j' ? 1 : -1);
      }
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  });

  return (
    <>
      <Head
        title={m.nav_review()}
        lead={
          figures
            ? m.review_lead_figures({ n: number(figures.total), stock: number(figures.inStock) })
            : m.review_lead()
        }
      />
      <Panel title={<span className="sr">{viewWords(view)}</span>} className="lists" flush>
        <Tabs<View>
          label={m.review_views()}
          now={view}
          to={(v) => ({ why: v === 'all' ? undefined : v, q: search.q, stock: search.stock })}
          tabs={views.map((v) => ({
            value: v,
            label: viewWords(v),
            count: figures && number(countOf(v, figures)),
          }))}
        />
        <div className="filters">
          <SearchField label={m.items_search()} value={search.q ?? ''} onChange={(q) => filter({ q })} />
          <SelectField
            label={m.review_stock()}
            none={m.review_stock_all()}
            value={search.stock ?? ''}
            onChange={(stock) => filter({ stock })}
            choices={[{ value: 'yes', label: m.review_stock_only() }]}
          />
        </div>
        <Loaded result={result} again={again} rows={8}>
          {({ reviewQueue: list }) =>
            list.edges.length === 0 ? (
              <div className="pad24">
                {search.q || search.stock || view !== 'all' ? (
                  <Empty
                    icon="search"
                    title={m.review_none_filter()}
                    act={
                      <Link to="/review" className="btn">
                        {m.filters_clear()}
                      </Link>
                    }
                  />
                ) : (
                  <Empty
                    title={m.review_none()}
                    act={
                      <Link to="/items" className="btn">
                        {m.nav_hidden()}
                      </Link>
                    }
                  >
                    {m.review_none_lead()}
                  </Empty>
                )}
              </div>
            ) : (
              <>
                <div className="review">
                  <div className="queue" ref={queue}>
                    <ul aria-label={m.review_queue()} inert={old}>
                      {rows.map((r) => (
                        <QueueRow
                          key={r.id}
                          row={r}
                          current={r.id === current}
                          waits={waiting.includes(r.id)}
                          picked={may ? picked.has(r.id) : undefined}
                          onPick={() => toggle(r.id)}
                          onShow={() => show(r.id)}
                        />
                      ))}
                    </ul>
                  </div>
                  {current && (
                    <Case
                      key={current}
                      id={current}
                      place={at < 0 ? '' : m.review_place({ n: number(at + 1), of: number(rows.length) })}
                      last={last}
                      onDecided={(d, stay) => {
                        setLast(d.decisions.length > 0 ? d : undefined);
                        decided([d.item]);
                        if (!stay) step(1);
                      }}
                      onUndone={(item) => {
                        setLast(undefined);
                        decided([item]);
                      }}
                      onStep={step}
                    />
                  )}
                </div>
                <Pager
                  info={list.pageInfo}
                  text={m.items_n({ count: list.totalCount, n: number(list.totalCount) })}
                  go={(page) => void go({ to: '.', search: { ...filters, ...page } as never })}
                />
              </>
            )
          }
        </Loaded>
      </Panel>
      <Manage>
        {picked.size > 0 && (
          <Bulk
            ids={[...picked]}
            aside={view === 'aside'}
            clear={() => pick(new Set())}
            onDone={(ids) => {
              pick(new Set());
              decided(ids);
              again({ requestPolicy: 'network-only' });
            }}
          />
        )}
      </Manage>
    </>
  );
}

type RowProps = {
  row: Row;
  current: boolean;
  waits: boolean;
  /** undefined: it cannot be selected. */
  picked?: boolean;
  onPick(): void;
  onShow(): void;
};

function QueueRow({ row, current, waits, picked, onPick, onShow }: RowProps) {
  return (
    <li className={current ? 'cur' : undefined} data-id={row.id}>
      {picked === undefined ? (
        <span />
      ) : (
        <input
          type="checkbox"
          aria-label={m.review_pick({ name: row.description })}
          checked={picked}
          onChange={onPick}
        />
      )}
      <button type="button" className="nm" aria-current={current || undefined} onClick={onShow}>
        <bdi>{row.description || row.lightspeedItemId}</bdi>
      </button>
      <span className="m">
        <span>
          {m.on_hand({ n: number(onHand(row)) })}
          {row.brand && ` · ${row.brand}`}
        </span>
        {waits || row.matchPending ? (
          <Tag tone="busy">{m.review_pending()}</Tag>
        ) : (
          <Tag tone="plain">
            {row.rivalCount > 0
              ? m.review_n_rivals({ n: number(row.rivalCount + 1) })
              : row.candidateCount > 1
                ? m.review_n_products({ n: number(row.candidateCount) })
                : row.matchReason
                  ? reasonWords[row.matchReason]()
                  : ''}
          </Tag>
        )}
      </span>
    </li>
  );
}

type BulkProps = { ids: readonly string[]; aside: boolean; clear(): void; onDone(ids: readonly string[]): void };

/** Confirms many at once, after each pair was shown; or leaves them aside. */
function Bulk({ ids, aside, clear, onDone }: BulkProps) {
  const confirm = useAct(ConfirmMatches);
  const undo = useAct(UndoConfirm);
  const leave = useAct(SetAside);
  const [asking, setAsking] = useState(false);
  const putAside = async () => {
    const { ok, userErrors } = await leave.run({ ids: [...ids], aside: !aside });
    if (userErrors[0]) toastError(userErrors[0].message);
    if (!ok) return;
    toast(aside ? m.review_back_done({ n: number(ids.length) }) : m.review_aside_done({ n: number(ids.length) }));
    onDone([]);
  };
  const run = async (chosen: readonly string[]) => {
    const { ok, data, userErrors } = await confirm.run({ ids: [...chosen] });
    if (userErrors[0]) toastError(userErrors[0].message);
    setAsking(false);
    if (!ok || !data) return;
    const { results, batch } = data.confirmMatches;
    const done = results.filter((r) => r.userErrors.length === 0).map((r) => r.id);
    const refused = results.find((r) => r.userErrors.length > 0);
    const words = m.review_confirmed({ count: done.length, n: number(done.length) });
    toast(
      refused
        ? `${words} ${m.bulk_refused({ count: results.length - done.length, n: number(results.length - done.length) })} ${refused.userErrors[0]?.message}`
        : words,
      batch
        ? {
            label: m.undo(),
            run: () => void undo.run({ batch }).then((u) => u.ok && onDone(done)),
          }
        : undefined,
    );
    onDone(done);
  };
  return (
    <>
      <PickBar text={m.review_picked({ count: ids.length, n: number(ids.length) })} clear={clear}>
        <Button busy={leave.busy} onClick={() => void putAside()}>
          {aside ? m.review_put_back() : m.review_leave()}
        </Button>
        <Button look="primary" onClick={() => setAsking(true)}>
          {m.review_confirm({ n: number(ids.length) })}
        </Button>
      </PickBar>
      {asking && <ConfirmDialog ids={ids} busy={confirm.busy} onClose={() => setAsking(false)} onConfirm={run} />}
    </>
  );
}

type ConfirmProps = { ids: readonly string[]; busy: boolean; onClose(): void; onConfirm(ids: string[]): void };

function ConfirmDialog({ ids, busy, onClose, onConfirm }: ConfirmProps) {
  const [result, again] = useQuery({ query: Pairs, variables: { ids: ids.slice(0, 100) } });
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const items = result.data?.nodes.flatMap((n) => (n && 'candidates' in n ? [n] : [])) ?? [];
  const clear = items.filter((i) => i.candidates.length === 1);
  const chosen = clear.filter((i) => !off.has(i.id)).map((i) => i.id);
  return (
    <Dialog
      title={m.review_confirm_title()}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button look="primary" busy={busy} disabled={chosen.length === 0} onClick={() => onConfirm(chosen)}>
            {m.review_confirm({ n: number(chosen.length) })}
          </Button>
        </>
      }
    >
      <p>{m.review_confirm_lead()}</p>
      {result.error && <Failed error={result.error} again={again} />}
      {!result.data && !result.error && <Skeleton />}
      <ul className="found">
        {clear.map((i) => (
          <li key={i.id}>
            <label className="tick">
              <input
                type="checkbox"
                checked={!off.has(i.id)}
                onChange={(e) => {
                  const next = new Set(off);
                  if (e.target.checked) next.delete(i.id);
                  else next.add(i.id);
                  setOff(next);
                }}
              />
              <span>
                <bdi>{i.description}</bdi>
                <span className="block small muted">
                  → <bdi>{i.candidates[0]?.name}</bdi>
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {items.length > clear.length && (
        <p className="muted small">{m.review_confirm_left({ n: number(items.length - clear.length) })}</p>
      )}
    </Dialog>
  );
}
