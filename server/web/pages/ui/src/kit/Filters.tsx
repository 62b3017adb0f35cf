import { type ReactNode, useId, useState } from 'react';
import { number } from '../lib/format';
import { m } from '../paraglide/messages.js';
import { Button } from './Button';

type Props = {
  /** What stays in sight on phones: the search. */
  first: ReactNode;
  /** How many of the others are set. */
  used: number;
  children: ReactNode;
};

/** The filters of a list. On phones they would fill the screen: there a button unfolds all but the search. */
export function Filters({ first, used, children }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className={open ? 'filters' : 'filters folded'}>
      {first}
      <div className="fold">
        <Button icon={open ? 'up' : 'down'} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {used > 0 ? m.filters_n({ n: number(used) }) : m.filters()}
        </Button>
      </div>
      <div className="rest" id={id}>
        {children}
      </div>
    </div>
  );
}
