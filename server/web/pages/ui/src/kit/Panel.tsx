import { type ReactNode, useId } from 'react';

type Props = {
  title: ReactNode;
  /** At the right of the title: a pill, a link. */
  aside?: ReactNode;
  /** For a table or a list that reaches to the edges. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
};

/** A titled part of a page. */
export function Panel({ title, aside, flush, className = '', children }: Props) {
  const id = useId();
  return (
    <section className={`panel ${flush ? 'clip ' : ''}${className}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      <div className={flush ? 'body flush' : 'body'}>{children}</div>
    </section>
  );
}
