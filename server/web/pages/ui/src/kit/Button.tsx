import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

export type Look = 'primary' | 'danger' | 'quiet' | 'plain';

type Props = Omit<ComponentProps<'button'>, 'type'> & {
  look?: Look;
  small?: boolean;
  icon?: IconName;
  type?: 'button' | 'submit';
  /** While its work is under way it can be pressed no more, and keeps the focus. */
  busy?: boolean;
};

const classOf = (look: Look, small?: boolean) => `btn${look === 'plain' ? '' : ` ${look}`}${small ? ' sm' : ''}`;

/** One primary a view. Its words name the act. */
export function Button({ look = 'plain', small, icon, busy, type = 'button', children, onClick, ...rest }: Props) {
  return (
    <button
      type={type}
      className={classOf(look, small)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (e) => e.preventDefault() : onClick}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A button that shows a sign alone; its label is for those who do not see it, and in its tooltip. */
export function IconButton({ icon, label, ...rest }: { icon: IconName; label: string } & ComponentProps<'button'>) {
  return (
    <button type="button" className="btn icon quiet" title={label} {...rest}>
      <Icon name={icon} />
      <span className="sr">{label}</span>
    </button>
  );
}

/** A link to another site, in a tab of its own. */
export function OutLink({ href, children, className }: { href: string; children: ReactNode; className?: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className={className}>
      {children} <Icon name="open" />
    </a>
  );
}
