import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { GoLivePageQuery } from '../../gql/graphql';
import { Panel } from '../../kit/Panel';
import { Empty } from '../../kit/States';
import { number } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { reasonWords } from '../items/reasons';

/** What a person should have seen before the website shows it: each with its number and where to look closer. */
export function Findings({ data }: { data: GoLivePageQuery }) {
  const { setup, diagnosisSummary, reviewSummary, exportCounts } = data;
  const hidden = diagnosisSummary.total - setup.wouldDisplay;
  return (
    <Panel title={setup.live ? m.live_now() : m.live_found()} flush>
      <table className="list">
        <thead className="sr">
          <tr>
            <th>{m.live_column_what()}</th>
            <th className="num">{m.live_column_count()}</th>
            <th>{m.live_column_look()}</th>
          </tr>
        </thead>
        <tbody>
          <Finding
            what={setup.live ? m.live_shown() : m.live_shown_later()}
            hint={setup.wouldDisplay > 0 ? m.live_shown_hint() : m.live_shown_none()}
            count={setup.wouldDisplay}
            look={
              <Link to="/items" search={{ view: 'shown' } as never} className="btn sm">
                {m.live_see_items()}
              </Link>
            }
          />
          <Finding
            what={setup.live ? m.live_hidden() : m.live_hidden_later()}
            hint={m.live_hidden_hint()}
            count={hidden}
            look={
              <Link to="/items" search={{ view: 'hidden' } as never} className="btn sm">
                {m.nav_hidden()}
              </Link>
            }
          />
          <Finding
            what={m.live_review()}
            hint={m.live_review_hint()}
            count={reviewSummary.total}
            look={
              <Link to="/review" className="btn sm">
                {m.nav_review()}
              </Link>
            }
          />
          <Finding
            what={m.live_prices()}
            hint={data.pricingSettings.enabled ? m.live_prices_hint() : m.live_prices_off()}
            count={setup.repriced}
            look={
              <Link to="/settings/prices" className="btn sm">
                {m.nav_prices()}
              </Link>
            }
          />
          <Finding
            what={m.live_orders()}
            hint={data.exportSettings.enabled ? m.live_orders_hint() : m.live_orders_off()}
            count={exportCounts.ready}
            look={
              <Link to={data.exportSettings.enabled ? '/orders' : '/settings/export'} className="btn sm">
                {data.exportSettings.enabled ? m.nav_orders() : m.nav_export()}
              </Link>
            }
          />
        </tbody>
      </table>
    </Panel>
  );
}

function Finding(p: { what: string; hint: string; count: number; look: ReactNode }) {
  return (
    <tr>
      <th scope="row" className="full">
        {p.what}
        <div className="muted small">{p.hint}</div>
      </th>
      <td className="num tot">{number(p.count)}</td>
      <td className="act">{p.look}</td>
    </tr>
  );
}

/** Why items stay hidden, the most frequent reason first. */
export function Why({ data }: { data: GoLivePageQuery }) {
  const reasons = data.diagnosisSummary.reasons.filter((r) => r.blocking > 0).sort((a, b) => b.blocking - a.blocking);
  return (
    <Panel title={m.live_why()} flush={reasons.length > 0}>
      {reasons.length === 0 ? (
        <Empty title={m.hidden_none()}>{m.hidden_none_lead()}</Empty>
      ) : (
        <>
          <table className="list">
            <thead>
              <tr>
                <th>{m.hidden_why()}</th>
                <th className="num">{m.count_items_short()}</th>
              </tr>
            </thead>
            <tbody>
              {reasons.map((r) => (
                <tr key={r.code}>
                  <th scope="row" className="full">
                    <Link to="/items" search={{ view: 'every', why: r.code } as never} className="row">
                      {reasonWords[r.code]()}
                    </Link>
                    <div className="muted small">{r.advice}</div>
                  </th>
                  <td className="num tot">{number(r.blocking)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="pad24 muted small">{m.live_why_several()}</p>
        </>
      )}
    </Panel>
  );
}
