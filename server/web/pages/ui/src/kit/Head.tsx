import { type ReactNode, useEffect, useRef } from 'react';
import { m } from '../paraglide/messages.js';

type Props = { title: string; lead?: ReactNode; pill?: ReactNode; acts?: ReactNode; crumb?: ReactNode };

let first = true; // the first page of a visit takes no focus away from the browser

/** The head of a page: its one h1, which gets the focus on navigation, and its title in the tab. */
export function Head({ title, lead, pill, acts, crumb }: Props) {
  const h1 = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${m.app_name()}`;
  }, [title]);
  useEffect(() => {
    if (!first) h1.current?.focus();
    first = false;
  }, []);
  return (
    <div className="head">
      <div>
        {crumb && <p className="crumb">{crumb}</p>}
        <div className="h1row">
          <h1 ref={h1} tabIndex={-1}>
            {title}
          </h1>
          {pill}
        </div>
        {lead && <p className="muted">{lead}</p>}
      </div>
      {acts && <div className="acts">{acts}</div>}
    </div>
  );
}
