import type { ReactNode } from 'react';
import { m } from '../paraglide/messages.js';
import { useMayManage } from '../shell/data';
import { Banner } from './Banner';

/** What only a manager may do; others do not see it. */
export function Manage({ children }: { children: ReactNode }) {
  return useMayManage() ? children : null;
}

/** A form that those who may only look can read and not change. */
export function Form({ children }: { children: ReactNode }) {
  const may = useMayManage();
  return (
    <>
      {!may && (
        <div className="look">
          <Banner tone="info" title={m.view_title()}>
            {m.view_lead()}
          </Banner>
        </div>
      )}
      <fieldset className="form" disabled={!may}>
        {children}
      </fieldset>
    </>
  );
}
