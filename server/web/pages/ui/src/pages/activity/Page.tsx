import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useQuery } from 'urql';
import type { ActivityPageQuery } from '../../gql/graphql';
import { graphql } from '../../graphql';
import { type Choice, SelectField, TextField } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { Icon } from '../../kit/Icon';
import { Pager, pageArgs } from '../../kit/Pager';
import { Panel } from '../../kit/Panel';
import { Empty, Loaded } from '../../kit/States';
import { useSite } from '../../kit/Time';
import { number } from '../../lib/format';
import { placeOf, settingPlaces } from '../../lib/places';
import { date, dayOf, exactly, timeOf } from '../../lib/time';
import { inZone } from '../../lib/zone';
import { m } from '../../paraglide/messages.js';

const ActivityPage = graphql(`
  query ActivityPage($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: SettingChangeWhere) {
    settingChanges(after: $after, before: $before, first: $first, last: $last, where: $where) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        cursor
        node {
          setting
          revision
          field
          before
          after
          changedBy
          changedAt
        }
      }
    }
  }
`);

const words: Partial<Record<string, () => string>> = {
  connection: m.nav_lightspeed,
  storeMappings: m.nav_stores,
  locations: m.nav_stores,
  importSettings: m.nav_shown,
  pricingSettings: m.nav_prices,
  syncSchedule: m.nav_schedule,
  alertEmailSettings: m.emails_title,
  exportSettings: m.nav_export,
  sync: m.nav_status,
  site: m.nav_live,
};

export const settingWords = (setting: string): string => words[setting]?.() ?? setting;

export function Page() {
  const search = useSearch({ strict: false });
  const go = useNavigate();
  const [result, again] = useQuery({
    query: ActivityPage,
    variables: {
      ...pageArgs(search, 50),
      where: {
        ...(search.setting && { settings: [search.setting] }),
        ...(search.by && { changedBy: search.by }),
      },
    },
  });
  const filter = (more: Record<string, string | undefined>) =>
    void go({ to: '.', search: { setting: search.setting, by: search.by, ...more }, replace: true });
  const choices: Choice<string>[] = Object.keys(settingPlaces)
    .filter((s) => s !== 'products' && s !== 'locations' && s !== 'site')
    .map((s) => ({ value: s, label: settingWords(s) }));
  return (
    <>
      <Head title={m.nav_activity()} lead={m.activity_lead()} />
      <Panel title={m.activity_panel()} flush>
        <div className="filters">
          <div className="grow">
            <SelectField
              label={m.activity_setting()}
              none={m.activity_all()}
              value={search.setting ?? ''}
              onChange={(setting) => filter({ setting: setting || undefined })}
              choices={choices}
            />
          </div>
          <div className="grow">
            <TextField
              label={m.activity_by()}
              value={search.by ?? ''}
              onChange={(by) => filter({ by: by || undefined })}
              hint={m.activity_by_hint()}
            />
          </div>
        </div>
        <Loaded result={result} again={again} rows={8}>
          {({ settingChanges: list }) =>
            list.edges.length > 0 ? (
              <>
                <Changes rows={list.edges} />
                <Pager
                  info={list.pageInfo}
                  text={m.activity_n({ count: list.totalCount, n: number(list.totalCount) })}
                  go={(page) => void go({ to: '.', search: { setting: search.setting, by: search.by, ...page } })}
                />
              </>
            ) : (
              <div className="pad">
                <Empty
                  icon="clock"
                  title={search.setting || search.by ? m.activity_none_filter() : m.activity_none()}
                />
              </div>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

function Changes({ rows }: { rows: ActivityPageQuery['settingChanges']['edges'] }) {
  const { timeZone } = useSite();
  let day = '';
  return (
    <table className="list">
      <thead>
        <tr>
          <th>{m.activity_when()}</th>
          <th>{m.activity_who()}</th>
          <th>{m.activity_setting()}</th>
          <th>{m.activity_change()}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ node: c, cursor }) => {
          const own = dayOf(new Date(c.changedAt), timeZone);
          const first = own !== day;
          day = own;
          const to = placeOf(c.setting);
          return (
            <Fragment key={cursor}>
              {first && (
                <tr>
                  <th colSpan={4} className="day" scope="rowgroup">
                    {date(own, { dateStyle: 'full' })}
                  </th>
                </tr>
              )}
              <tr>
                <td className="nw muted">
                  <time dateTime={c.changedAt} title={exactly(c.changedAt, timeZone)}>
                    {timeOf(c.changedAt, timeZone)}
                  </time>
                </td>
                <td className="st">{c.changedBy}</td>
                <td className="full">
                  {to ? <Link to={to}>{settingWords(c.setting)}</Link> : settingWords(c.setting)}
                </td>
                <td className="full">
                  {c.field}:{' '}
                  <span className="diff">
                    <del>{inZone(c.before, timeZone) || m.nothing()}</del>
                    <Icon name="right" />
                    <ins>{inZone(c.after, timeZone) || m.nothing()}</ins>
                  </span>
                </td>
              </tr>
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
