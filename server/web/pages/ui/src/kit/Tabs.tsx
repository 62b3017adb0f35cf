import { Link } from '@tanstack/react-router';
import type { Tone } from './Pill';
import { Count } from './Pill';

export type Tab<T extends string> = { value: T; label: string; count?: string; tone?: Tone };

/** Links to the parts of a list, each an address of its own. */
export function Tabs<T extends string>({
  label,
  tabs,
  now,
  to,
}: {
  label: string;
  tabs: Tab<T>[];
  now: T;
  to(t: T): Record<string, unknown>;
}) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((t) => (
        <Link
          key={t.value}
          to="."
          search={to(t.value) as never}
          // An address with more in it is another tab's.
          activeOptions={{ exact: true, explicitUndefined: true }}
          aria-current={t.value === now ? 'page' : undefined}
        >
          {t.label}
          {t.count !== undefined && <Count value={t.count} tone={t.tone === 'plain' ? '' : t.tone} />}
        </Link>
      ))}
    </nav>
  );
}
