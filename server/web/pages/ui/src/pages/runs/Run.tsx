import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import type { DriftCause, DriftField, RunPageQuery } from '../../gql/graphql';
import { graphql } from '../../graphql';
import { Banner } from '../../kit/Banner';
import { Head } from '../../kit/Head';
import { Icon, type IconName } from '../../kit/Icon';
import { Panel } from '../../kit/Panel';
import { Count, Pill } from '../../kit/Pill';
import { Empty, Loaded } from '../../kit/States';
import { Time } from '../../kit/Time';
import { number } from '../../lib/format';
import { kindWords, phaseWords, stateTones, stateWords, triggerWords } from '../../lib/runs';
import { m } from '../../paraglide/messages.js';
import '../status/documents';

const RunPage = graphql(`
  query RunPage($id: ID!) {
    node(id: $id) {
      id
      ... on SyncRun {
        ...RunParts
        confirmedAt
        confirmedBy
        events {
          sequence
          state
          phase
          done
          total
          at
        }
        drift {
          count
          entries(first: 100) {
            edges {
              node {
                lightspeedItemId
                field
                before
                after
                cause
                at
                shop {
                  id
                  name
                }
                posItem {
                  id
                  description
                }
              }
            }
          }
        }
      }
    }
  }
`);

type Run = Extract<NonNullable<RunPageQuery['node']>, { events: unknown }>;

const causes: Record<DriftCause, () => string> = {
  STAMP_NOT_MOVED: m.drift_stamp,
  MISSED: m.drift_missed,
  CLOCK_WENT_BACK: m.drift_clock,
  ROW_VANISHED: m.drift_vanished,
  UNKNOWN: m.drift_unknown,
};

const fields: Record<DriftField, () => string> = {
  ITEM: m.field_item,
  DESCRIPTION: m.field_description,
  BRAND: m.field_brand,
  CATEGORY: m.field_category,
  SYSTEM_SKU: m.field_system_sku,
  UPC: m.field_upc,
  EAN: m.field_ean,
  CUSTOM_SKU: m.field_custom_sku,
  MANUFACTURER_SKU: m.field_mpn,
  DEFAULT_COST: m.field_cost,
  PRICES: m.field_prices,
  ITEM_KIND: m.field_kind,
  SIZE: m.field_size,
  COLOR: m.field_color,
  COMPONENTS: m.field_components,
  ARCHIVED: m.field_archived,
  ON_HAND: m.field_on_hand,
  ON_ORDER: m.field_on_order,
  REORDER_POINT: m.field_reorder,
  REORDER_LEVEL: m.field_level,
};

export function Page() {
  const { id = '' } = useParams({ strict: false });
  const [result, again] = useQuery({ query: RunPage, variables: { id } });
  return (
    <Loaded result={result} again={again} rows={8}>
      {({ node }) => (node && 'events' in node ? <Shown run={node} /> : <Missing />)}
    </Loaded>
  );
}

function Missing() {
  return (
    <>
      <Head title={m.run_missing()} crumb={<Link to="/runs">{m.nav_runs()}</Link>} />
      <Panel title={m.run_missing()}>
        <Empty
          icon="search"
          title={m.run_missing_lead()}
          act={
            <Link to="/runs" className="btn">
              {m.nav_runs()}
            </Link>
          }
        />
      </Panel>
    </>
  );
}

function Shown({ run }: { run: Run }) {
  const drift = run.drift;
  return (
    <>
      <Head
        crumb={<Link to="/runs">{m.nav_runs()}</Link>}
        title={run.shop ? `${kindWords[run.kind]()}: ${run.shop.name}` : kindWords[run.kind]()}
        pill={<Pill tone={stateTones[run.state]}>{stateWords[run.state]()}</Pill>}
        lead={
          <>
            <Time at={run.startedAt ?? run.createdAt} /> ·{' '}
            {run.requestedBy ? m.run_by({ who: run.requestedBy }) : triggerWords[run.trigger]()}
          </>
        }
      />
      <div className="stack">
        {run.error && <Banner tone="bad" title={run.error.message} />}
        <div className="cols">
          <div className="stack">
            <Panel title={m.run_figures()}>
              <dl className="figs three">
                {(
                  [
                    [m.count_items(), run.counts.itemsRead],
                    [m.count_stock(), run.counts.stockRead],
                    [m.count_changed(), run.counts.itemsChanged + run.counts.stockChanged],
                    [m.count_issues(), run.counts.issues],
                    [m.count_shown_only(), run.counts.shown],
                    [m.count_hidden_only(), run.counts.hidden],
                  ] as const
                ).map(([label, value]) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>{number(value)}</dd>
                  </div>
                ))}
              </dl>
            </Panel>
            <Panel
              title={m.drift_title()}
              aside={<Pill tone={drift.count > 0 ? 'warn' : 'ok'}>{number(drift.count)}</Pill>}
              flush={drift.count > 0}
            >
              {drift.count === 0 ? (
                <p className="muted">{m.drift_none()}</p>
              ) : (
                <Drift count={drift.count} entries={drift.entries} />
              )}
            </Panel>
          </div>
          <Panel title={m.run_path()}>
            <ol className="tl">
              {[...run.events].reverse().map((e) => (
                <li key={e.sequence} className={tones[e.state] ?? ''}>
                  <span className="dot">
                    <Icon name={signs[e.state] ?? 'right'} />
                  </span>
                  <span className="t">{e.state === 'RUNNING' ? phaseWords[e.phase]() : stateWords[e.state]()}</span>
                  <span className="w">
                    <Time at={e.at} />
                  </span>
                  {e.total ? (
                    <span className="d">{m.now_of({ done: number(e.done), total: number(e.total) })}</span>
                  ) : null}
                </li>
              ))}
            </ol>
          </Panel>
        </div>
      </div>
    </>
  );
}

/** The differences by their cause, the most frequent cause first. */
function Drift({ count, entries }: { count: number; entries: Run['drift']['entries'] }) {
  const rows = entries.edges.map((e) => e.node);
  const by = (Object.keys(causes) as DriftCause[])
    .map((cause) => ({ cause, found: rows.filter((d) => d.cause === cause) }))
    .filter((g) => g.found.length > 0)
    .sort((a, b) => b.found.length - a.found.length);
  return (
    <>
      {count > rows.length && (
        <p className="muted pad24">{m.drift_first({ n: number(rows.length), of: number(count) })}</p>
      )}
      <table className="list">
        <thead>
          <tr>
            <th>{m.drift_item()}</th>
            <th>{m.drift_field()}</th>
            <th>{m.drift_values()}</th>
          </tr>
        </thead>
        {by.map(({ cause, found }) => (
          <tbody key={cause}>
            <tr>
              <th colSpan={3} scope="rowgroup" className="day">
                {causes[cause]()} <Count value={number(found.length)} />
              </th>
            </tr>
            {found.map((d, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a difference has no identity of its own
              <tr key={i}>
                <td className="two full">
                  {d.posItem?.description ?? d.lightspeedItemId}
                  {d.shop && <div className="muted">{d.shop.name}</div>}
                </td>
                <td data-l={m.drift_field()}>{fields[d.field]()}</td>
                <td data-l={m.drift_values()}>
                  <span className="diff">
                    <del>{d.before || m.nothing()}</del>
                    <Icon name="right" />
                    <ins>{d.after || m.nothing()}</ins>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </>
  );
}

const tones: Record<string, string> = {
  COMPLETED: 'ok',
  COMPLETED_WITH_ISSUES: 'warn',
  FAILED: 'bad',
  WAITING: 'warn',
  RUNNING: 'busy',
};
const signs: Record<string, IconName> = {
  COMPLETED: 'check',
  COMPLETED_WITH_ISSUES: 'warn',
  FAILED: 'bad',
  WAITING: 'pause',
  CANCELLED: 'close',
};
