import type { ReactNode } from 'react';
import { m } from '../paraglide/messages.js';
import { Button } from './Button';

type Props = { text: ReactNode; more?: ReactNode; clear(): void; children: ReactNode };

/** The bar at the bottom while rows are selected: how many, and what can be done with them. */
export function PickBar({ text, more, clear, children }: Props) {
  return (
    <section className="barb" aria-label={m.picked_region()}>
      <div className="sum" role="status">
        <b>{text}</b>
        {more}
        <Button look="quiet" small onClick={clear}>
          {m.picked_clear()}
        </Button>
      </div>
      <div className="acts">{children}</div>
    </section>
  );
}
