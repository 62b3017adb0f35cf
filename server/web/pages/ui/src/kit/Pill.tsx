import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

export type Tone = 'ok' | 'warn' | 'bad' | 'busy' | 'plain';

/** How a whole thing is. */
export function Pill({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`pill ${tone}`}>{children}</span>;
}

const signs: Record<Tone, IconName | undefined> = {
  ok: 'check',
  warn: 'warn',
  bad: 'bad',
  busy: 'clock',
  plain: undefined,
};

/** What is wrong, or right, with one row: a sign and words. */
export function Tag({ tone, icon, children }: { tone: Tone; icon?: IconName; children: ReactNode }) {
  const sign = icon ?? signs[tone];
  return (
    <span className={`tag ${tone}`}>
      {sign && <Icon name={sign} />}
      {children}
    </span>
  );
}

/** A count beside a word of the navigation or of a tab. */
export function Count({ value, tone = '', words }: { value: string; tone?: Tone | ''; words?: string }) {
  return (
    <span className={`n ${tone}`}>
      {value}
      {words && <span className="sr"> {words}</span>}
    </span>
  );
}
