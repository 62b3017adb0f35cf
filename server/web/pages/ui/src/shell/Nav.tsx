import { Link } from '@tanstack/react-router';
import { Logo } from '../kit/Icon';
import { Count, type Tone } from '../kit/Pill';
import { number } from '../lib/format';
import { setTheme, type Theme, theme } from '../lib/prefs';
import { useStore } from '../lib/store';
import { toDo } from '../pages/orders/views';
import { m } from '../paraglide/messages.js';
import { getLocale, locales, setLocale } from '../paraglide/runtime.js';
import { useShell, websiteOf } from './data';

type Entry = { to: string; label: string; count?: number; tone?: Tone };

function useEntries(): { head?: string; entries: Entry[] }[] {
  const { data } = useShell();
  return [
    {
      entries: [
        { to: '/status', label: m.nav_status() },
        ...(data && !data.setup.live ? [{ to: '/go-live', label: m.nav_live() }] : []),
        { to: '/orders', label: m.nav_orders(), count: data && toDo(data.exportCounts), tone: 'warn' },
      ],
    },
    {
      head: m.nav_catalog(),
      entries: [
        { to: '/catalog/items', label: m.nav_items() },
        { to: '/items', label: m.nav_hidden(), count: websiteOf(data)?.hidden },
        { to: '/review', label: m.nav_review(), count: data?.reviewQueue.totalCount, tone: 'warn' },
      ],
    },
    {
      head: m.nav_settings(),
      entries: [
        { to: '/settings/lightspeed', label: m.nav_lightspeed() },
        { to: '/settings/stores', label: m.nav_stores() },
        { to: '/settings/shown', label: m.nav_shown() },
        { to: '/settings/prices', label: m.nav_prices() },
        { to: '/settings/export', label: m.nav_export() },
        { to: '/settings/schedule', label: m.nav_schedule() },
        { to: '/settings/statuses', label: m.nav_statuses() },
      ],
    },
    {
      head: m.nav_history(),
      entries: [
        { to: '/runs', label: m.nav_runs() },
        { to: '/activity', label: m.nav_activity() },
      ],
    },
  ];
}

const tongues: Record<(typeof locales)[number], string> = { en: 'English', es: 'Español' };

export function Nav({ close }: { close?: () => void }) {
  const groups = useEntries();
  const chosen = useStore(theme);
  return (
    <>
      <div className="site">
        <Logo />
        <span>{m.app_name()}</span>
      </div>
      {groups.map((g) => (
        <div key={g.head ?? 'first'} className="grp">
          {g.head && <h2>{g.head}</h2>}
          {g.entries.map((e) => (
            <Link key={e.to} to={e.to} onClick={close} activeProps={{ 'aria-current': 'page' }}>
              {e.label}
              {e.count ? <Count value={number(e.count)} tone={e.tone} words={m.nav_to_do()} /> : null}
            </Link>
          ))}
        </div>
      ))}
      <div className="prefs">
        <label>
          <span className="sr">{m.language()}</span>
          <select
            className="in"
            value={getLocale()}
            onChange={(e) => void setLocale(e.target.value as (typeof locales)[number])}
          >
            {locales.map((l) => (
              <option key={l} value={l} lang={l}>
                {tongues[l]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="sr">{m.theme()}</span>
          <select className="in" value={chosen} onChange={(e) => setTheme(e.target.value as Theme)}>
            <option value="system">{m.theme_system()}</option>
            <option value="light">{m.theme_light()}</option>
            <option value="dark">{m.theme_dark()}</option>
          </select>
        </label>
      </div>
    </>
  );
}
