import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { authorised } from '../../client';
import type { ItemsPageQuery } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Button } from '../../kit/Button';
import { Filters } from '../../kit/Filters';
import { Head } from '../../kit/Head';
import { Pager, pageArgs } from '../../kit/Pager';
import { Panel } from '../../kit/Panel';
import { PickBar } from '../../kit/PickBar';
import { Tag } from '../../kit/Pill';
import { usePicks } from '../../kit/picks';
import { Manage } from '../../kit/Role';
import { SearchField } from '../../kit/SearchField';
import { Empty, Loaded } from '../../kit/States';
import { Suggest } from '../../kit/Suggest';
import { Tabs } from '../../kit/Tabs';
import { toast, toastError } from '../../kit/toast';
import { money, number } from '../../lib/format';
import type { Search } from '../../lib/search';
import { m } from '../../paraglide/messages.js';
import { useMayManage, useShell, websiteOf } from '../../shell/data';
import { onHand } from '../review/compare';
import { ItemsPage, ItemsSummary, ReadItems } from './documents';
import { csvQuery, reasonWords, type View, viewOf, viewsOf, viewWords, whereOf, withReason } from './reasons';

type Row = ItemsPageQuery['posItems']['edges'][number]['node'];

const most = 250; // items that one sync reads

export function Page() {
  const search = useSearch({ strict: false }) as Search;
  const go = useNavigate();
  const may = useMayManage();
  const shell = useShell().data;
  const site = websiteOf(shell);
  const live = shell?.setup.live ?? true;
  const view = viewOf(search, live);
  const base = whereOf(search, live);
  const [summary, summaryAgain] = useQuery({ query: ItemsSummary, variables: { where: base }, pause: !shell });
  const reasons = summary.data?.diagnosisSummary.reasons ?? [];
  const where = withReason(base, search.why, view === 'warnings' ? reasons.map((r) => r.code) : []);
  const [result, again] = useQuery({
    query: ItemsPage,
    variables: { ...pageArgs(search, 50), where, priced: view === 'shown' },
    pause: !shell || (view === 'warnings' && !summary.data),
  });
  const { picked, pick, old } = usePicks(where, result);
  const [writing, setWriting] = useState(false);
  const read = useAct(ReadItems);

  const { after: _, before: __, ...filters } = search;
  const filter = (more: Search) => void go({ to: '.', search: { ...filters, ...more } as never, replace: true });
  const filtered = Boolean(search.q || search.brand || search.why);
  const download = async () => {
    setWriting(true);
    try {
      const answer = await authorised(`/export/items.csv?${csvQuery(where)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const address = URL.createObjectURL(await answer.blob());
      const link = document.createElement('a');
      link.href = address;
      link.download = 'items.csv';
      link.click();
      URL.revokeObjectURL(address);
    } catch {
      toastError(m.hidden_csv_failed());
    }
    setWriting(false);
  };
  const readAgain = async () => {
    const { ok, userErrors } = await read.run({ ids: [...picked].slice(0, most) });
    if (userErrors[0]) toastError(userErrors[0].message);
    if (!ok) return;
    pick(new Set());
    toast(m.hidden_reading());
  };
  return (
    <>
      <Head
        title={m.hidden_title()}
        lead={
          site &&
          (live ? m.hidden_lead : m.hidden_lead_later)({ hidden: number(site.hidden), total: number(site.total) })
        }
        acts={
          <Button busy={writing} disabled={!shell} onClick={() => void download()}>
            {m.hidden_csv()}
          </Button>
        }
      />
      <Panel title={<span className="sr">{viewWords[view](live)}</span>} className="lists" flush>
        <Tabs<View>
          label={m.hidden_views()}
          now={view}
          to={(v) => ({ view: v === 'unlinked' ? undefined : v, q: search.q, brand: search.brand })}
          tabs={(shell ? viewsOf(live) : []).map((v) => ({
            value: v,
            label: viewWords[v](live),
            count: v === view && result.data ? number(result.data.posItems.totalCount) : undefined,
          }))}
        />
        <Filters
          first={<SearchField label={m.items_search()} value={search.q ?? ''} onChange={(q) => filter({ q })} />}
          used={search.brand ? 1 : 0}
        >
          <Suggest
            label={m.review_brand()}
            value={search.brand ?? ''}
            choices={result.data?.posItems.edges.map((e) => e.node.brand) ?? []}
            onChange={(brand) => filter({ brand })}
          />
        </Filters>
        {reasons.length > 0 && (
          <fieldset className="chips pad24 gap">
            <legend className="sr">{m.hidden_reasons()}</legend>
            <button
              type="button"
              className="chip"
              aria-pressed={!search.why}
              onClick={() => filter({ why: undefined })}
            >
              {m.hidden_any()}
            </button>
            {reasons.map((r) => (
              <button
                key={r.code}
                type="button"
                className="chip"
                title={r.message}
                aria-pressed={search.why === r.code}
                onClick={() => filter({ why: r.code })}
              >
                {reasonWords[r.code]()} <b>{number(r.count)}</b>
              </button>
            ))}
          </fieldset>
        )}
        {search.why && <p className="pad24 muted">{reasons.find((r) => r.code === search.why)?.advice}</p>}
        {summary.error && (
          <div className="pad24">
            <Loaded result={summary} again={summaryAgain}>
              {() => null}
            </Loaded>
          </div>
        )}
        <Loaded result={result} again={again} rows={10}>
          {({ posItems }) =>
            posItems.edges.length === 0 ? (
              <div className="pad24">
                {filtered ? (
                  <Empty
                    icon="search"
                    title={m.hidden_none_filter()}
                    act={
                      <Link to="." search={{ view: search.view } as never} className="btn">
                        {m.filters_clear()}
                      </Link>
                    }
                  />
                ) : (
                  <Empty title={m.hidden_none()}>{m.hidden_none_lead()}</Empty>
                )}
              </div>
            ) : (
              <div inert={old}>
                <ItemTable
                  rows={posItems.edges.map((e) => e.node)}
                  live={live}
                  priced={view === 'shown'}
                  picked={may ? picked : undefined}
                  onPick={pick}
                />
                <Pager
                  info={posItems.pageInfo}
                  text={m.items_n({ count: posItems.totalCount, n: number(posItems.totalCount) })}
                  go={(page) => void go({ to: '.', search: { ...filters, ...page } as never })}
                />
              </div>
            )
          }
        </Loaded>
      </Panel>
      <Manage>
        {picked.size > 0 && (
          <PickBar
            text={m.review_picked({ count: picked.size, n: number(picked.size) })}
            more={picked.size > most && <span className="t-warn">{m.hidden_most()}</span>}
            clear={() => pick(new Set())}
          >
            <Button
              look="primary"
              icon="refresh"
              busy={read.busy}
              disabled={picked.size > most}
              onClick={() => void readAgain()}
            >
              {m.hidden_read({ n: number(picked.size) })}
            </Button>
          </PickBar>
        )}
      </Manage>
    </>
  );
}

type TableProps = {
  rows: readonly Row[];
  live: boolean;
  /** With what the website asks for each. */
  priced: boolean;
  /** undefined: rows cannot be selected. */
  picked?: ReadonlySet<string>;
  onPick(picked: ReadonlySet<string>): void;
};

function ItemTable({ rows, live, priced, picked, onPick }: TableProps) {
  const toggle = (ids: string[], on: boolean) => {
    const next = new Set(picked);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    onPick(next);
  };
  return (
    <table className="list">
      <thead>
        <tr>
          {picked && (
            <th className="pick">
              <input
                type="checkbox"
                aria-label={m.pick_page()}
                checked={rows.every((r) => picked.has(r.id))}
                onChange={(e) =>
                  toggle(
                    rows.map((r) => r.id),
                    e.target.checked,
                  )
                }
              />
            </th>
          )}
          <th>{m.item()}</th>
          <th className="num">{m.hidden_on_hand()}</th>
          {priced && <th className="num">{m.items_price()}</th>}
          <th>{live ? m.hidden_column() : m.hidden_column_later()}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((r) => (
          <tr key={r.id} className={picked?.has(r.id) ? 'on' : undefined}>
            {picked && (
              <td className="pick">
                <input
                  type="checkbox"
                  aria-label={m.hidden_pick({ name: r.description })}
                  checked={picked.has(r.id)}
                  onChange={(e) => toggle([r.id], e.target.checked)}
                />
              </td>
            )}
            <td className="two wrap">
              <Link to="/items/$lightspeedItemId" params={{ lightspeedItemId: r.lightspeedItemId }} className="row">
                <bdi>{r.description || r.lightspeedItemId}</bdi>
              </Link>
              <div className="muted">{[r.brand, r.manufacturerSku].filter(Boolean).join(' · ') || m.rsn_no_mpn()}</div>
            </td>
            <td className="num tot">{number(onHand(r))}</td>
            {priced && (
              <td className="num" data-l={m.items_price()}>
                {r.product ? money(r.product.effectivePrice.price) : '–'}
              </td>
            )}
            <td className="full">
              <div className="tags">
                {r.diagnosis.displayed && <Tag tone="ok">{m.hidden_shown()}</Tag>}
                {!live && !r.diagnosis.reasons.some((x) => x.blocking) && <Tag tone="ok">{m.hidden_shown_later()}</Tag>}
                {r.diagnosis.reasons.map((x) => (
                  <span key={x.code} title={x.message}>
                    <Tag tone={x.blocking ? 'bad' : 'plain'} icon={x.blocking ? 'bad' : 'info'}>
                      {reasonWords[x.code]()}
                    </Tag>
                  </span>
                ))}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
