import { Link } from '@tanstack/react-router';
import type { RunPartsFragment } from '../../gql/graphql';
import { Panel } from '../../kit/Panel';
import { Pill } from '../../kit/Pill';
import { Empty } from '../../kit/States';
import { Time } from '../../kit/Time';
import { number } from '../../lib/format';
import { kindWords, stateTones, stateWords, triggerWords } from '../../lib/runs';
import { m } from '../../paraglide/messages.js';

export function RunTable({ runs }: { runs: readonly RunPartsFragment[] }) {
  return (
    <table className="list">
      <thead>
        <tr>
          <th>{m.run_started()}</th>
          <th>{m.run_result()}</th>
          <th>{m.run_what()}</th>
          <th className="num">{m.count_changed()}</th>
          <th className="num">{m.count_shown()}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((r) => (
          <tr key={r.id}>
            <td>
              <Link to="/runs/$id" params={{ id: r.id }} className="row">
                <Time at={r.startedAt ?? r.createdAt} />
              </Link>
            </td>
            <td className="st">
              <Pill tone={stateTones[r.state]}>{stateWords[r.state]()}</Pill>
            </td>
            <td className="two full">
              {kindWords[r.kind]()}
              {r.shop && `: ${r.shop.name}`}
              {r.counts.checks > 0 && (
                <span className="muted"> {m.run_checks({ count: r.counts.checks, n: number(r.counts.checks) })}</span>
              )}
              <div className="muted">
                {r.requestedBy ? m.run_by({ who: r.requestedBy }) : triggerWords[r.trigger]()}
              </div>
            </td>
            <td className="num" data-l={m.count_changed()}>
              {number(r.counts.itemsChanged + r.counts.stockChanged)}
            </td>
            <td className="num nw" data-l={m.count_shown()}>
              +{number(r.counts.shown)} / −{number(r.counts.hidden)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function RecentRuns({ runs }: { runs: readonly RunPartsFragment[] }) {
  return (
    <Panel title={m.runs_recent()} aside={<Link to="/runs">{m.runs_all()}</Link>} flush={runs.length > 0}>
      {runs.length > 0 ? (
        <RunTable runs={runs} />
      ) : (
        <Empty
          icon="clock"
          title={m.runs_none()}
          act={
            <Link to="/settings/lightspeed" className="btn">
              {m.nav_lightspeed()}
            </Link>
          }
        >
          {m.runs_none_lead()}
        </Empty>
      )}
    </Panel>
  );
}
