import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

const signs = { ok: 'check', info: 'info', warn: 'warn', bad: 'bad' } as const satisfies Record<string, IconName>;

type Props = { tone: keyof typeof signs; title: ReactNode; children?: ReactNode; acts?: ReactNode };

/** What concerns the whole page, with its act at the right. */
export function Banner({ tone, title, children, acts }: Props) {
  return (
    <div className={`banner ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={signs[tone]} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {acts && <div className="acts">{acts}</div>}
    </div>
  );
}
