import { Link } from '@tanstack/react-router';
import { Icon } from '../../kit/Icon';
import { Panel } from '../../kit/Panel';
import { Pill } from '../../kit/Pill';
import { number } from '../../lib/format';
import { placeOf } from '../../lib/places';
import { m } from '../../paraglide/messages.js';
import { useShell } from '../../shell/data';

/** What the set-up still needs, in the order in which to do it. */
export function Checklist() {
  const { data } = useShell();
  const setup = data?.setup;
  if (!setup || setup.issues.length === 0) return null;
  // The last step is named by the service once the others are done; before that, so that its place is known.
  const last = !setup.live && !setup.issues.some((i) => i.setting === 'site');
  const left = setup.issues.length + (last ? 1 : 0);
  return (
    <Panel
      title={setup.complete ? m.setup_look() : m.setup_title()}
      aside={!setup.complete && <Pill tone="warn">{m.setup_left({ n: number(left) })}</Pill>}
    >
      {!setup.complete && <p className="muted">{m.setup_lead()}</p>}
      <ol className="todo">
        {setup.issues.map((issue, i) => {
          const to = placeOf(issue.setting);
          return (
            <li key={issue.code} className={i === 0 ? 'now' : undefined}>
              <span className="dot" aria-hidden="true">
                {issue.blocking ? i + 1 : <Icon name="warn" />}
              </span>
              <p className="say">{issue.message}</p>
              {to && to !== '/status' && (
                <Link to={to} className={i === 0 && !setup.complete ? 'btn primary' : 'btn'}>
                  {goWords(issue.setting)}
                </Link>
              )}
            </li>
          );
        })}
        {last && (
          <li>
            <span className="dot" aria-hidden="true">
              {left}
            </span>
            <p className="say muted">{m.setup_last()}</p>
          </li>
        )}
      </ol>
    </Panel>
  );
}

function goWords(setting: string): string {
  switch (setting) {
    case 'site':
      return m.setup_go_live();
    case 'connection':
      return m.setup_go_connect();
    case 'storeMappings':
    case 'locations':
      return m.nav_stores();
    case 'importSettings':
      return m.nav_shown();
    case 'pricingSettings':
      return m.nav_prices();
    case 'exportSettings':
      return m.nav_export();
    default:
      return m.alert_go();
  }
}
