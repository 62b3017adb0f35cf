import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import type { RunState } from '../../gql/graphql';
import { graphql } from '../../graphql';
import { Head } from '../../kit/Head';
import { Pager, pageArgs } from '../../kit/Pager';
import { Panel } from '../../kit/Panel';
import { Empty, Loaded } from '../../kit/States';
import { Tabs } from '../../kit/Tabs';
import { number } from '../../lib/format';
import { stateWords } from '../../lib/runs';
import { m } from '../../paraglide/messages.js';
import '../status/documents';
import { RunTable } from '../status/RecentRuns';
import { Strip } from '../status/Strip';

const RunsPage = graphql(`
  query RunsPage($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: SyncRunWhere) {
    syncRuns(after: $after, before: $before, first: $first, last: $last, where: $where) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        node {
          ...RunParts
        }
      }
    }
  }
`);

const filters: Record<string, RunState[]> = {
  all: [],
  failed: ['FAILED'],
  issues: ['COMPLETED_WITH_ISSUES'],
  cancelled: ['CANCELLED'],
};

export function Page() {
  const search = useSearch({ strict: false });
  const go = useNavigate();
  const tab = search.tab && search.tab in filters ? search.tab : 'all';
  const states = filters[tab] ?? [];
  const [result, again] = useQuery({
    query: RunsPage,
    variables: { ...pageArgs(search, 50), where: states.length > 0 ? { states } : null },
  });
  return (
    <>
      <Head title={m.nav_runs()} lead={m.runs_lead()} />
      <Panel title={m.runs_list()} flush>
        <Tabs
          label={m.runs_filter()}
          now={tab}
          tabs={[
            { value: 'all', label: m.runs_tab_all() },
            { value: 'failed', label: stateWords.FAILED() },
            { value: 'issues', label: stateWords.COMPLETED_WITH_ISSUES() },
            { value: 'cancelled', label: stateWords.CANCELLED() },
          ]}
          to={(t) => ({ tab: t === 'all' ? undefined : t })}
        />
        <Loaded result={result} again={again} rows={8}>
          {({ syncRuns }) =>
            syncRuns.edges.length > 0 ? (
              <>
                <Strip runs={syncRuns.edges.map((e) => e.node)} />
                <RunTable runs={syncRuns.edges.map((e) => e.node)} />
                <Pager
                  info={syncRuns.pageInfo}
                  text={m.runs_n({ count: syncRuns.totalCount, n: number(syncRuns.totalCount) })}
                  go={(page) => void go({ to: '.', search: { tab: search.tab, ...page } })}
                />
              </>
            ) : (
              <div className="pad">
                <Empty icon="clock" title={m.runs_none()}>
                  {tab === 'all' ? m.runs_none_lead() : m.runs_none_filter()}
                </Empty>
              </div>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}
