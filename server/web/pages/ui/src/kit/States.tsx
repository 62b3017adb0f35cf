import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { m } from '../paraglide/messages.js';
import { Button } from './Button';
import { Icon, type IconName } from './Icon';
import { useSiteKnown } from './Time';

/** Bars of about the final size, which appear only when loading takes longer than a blink. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  const [shown, show] = useState(false);
  useEffect(() => {
    const t = setTimeout(() => show(true), 150);
    return () => clearTimeout(t);
  }, []);
  return (
    <div className={shown ? 'skels' : 'skels hidden'}>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <div key={i} className={`skel w${i % 4}`} aria-hidden="true" />
      ))}
      {shown && (
        <p className="sr" role="status">
          {m.loading()}
        </p>
      )}
    </div>
  );
}

type EmptyProps = { icon?: IconName; title: ReactNode; children?: ReactNode; act?: ReactNode };

/** Nothing here: why, and what to do next. */
export function Empty({ icon = 'check', title, children, act }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <div>
        <b>{title}</b>
        {children && <p className="muted">{children}</p>}
      </div>
      {act}
    </div>
  );
}

/** What the service said about a call that failed, in words for staff, with the number that support asks for. */
export function explain(error: CombinedError): { message: string; requestId?: string; code?: string } {
  const first = error.graphQLErrors[0];
  const extensions = (first?.extensions ?? {}) as { requestId?: string; code?: string };
  if (!first) return { message: m.error_offline() };
  switch (extensions.code) {
    case 'THROTTLED':
      return { message: m.error_throttled(), ...extensions };
    case 'TIMEOUT':
      return { message: m.error_timeout(), ...extensions };
    case 'INTERNAL':
      return { message: m.error_internal(), ...extensions };
    case 'FORBIDDEN':
      return { message: m.error_forbidden(), ...extensions };
    default:
      return { message: first.message, ...extensions };
  }
}

/** A part that could not be loaded; the rest of the page goes on. */
export function Failed({ error, again }: { error: CombinedError; again: () => void }) {
  const { message, requestId } = explain(error);
  return (
    <div className="empty" role="alert">
      <span className="t-bad">
        <Icon name="bad" />
      </span>
      <div>
        <b>{m.error_load()}</b>
        <p className="muted">
          {message}
          {requestId && <> {m.error_request({ id: requestId })}</>}
        </p>
      </div>
      <Button onClick={again}>{m.try_again()}</Button>
    </div>
  );
}

type Result<T> = { data?: T | null; error?: CombinedError; fetching: boolean; stale: boolean };

/** Shows a query: bars, then the data, which stay while it is asked again and when that fails. */
export function Loaded<T>({
  result,
  again,
  rows,
  children,
}: {
  result: Result<T>;
  again: () => void;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  const { data, error } = result;
  // The cache answers null while what a mutation has changed is read again.
  const last = useRef<T>(undefined);
  if (data !== undefined && data !== null) last.current = data;
  const known = useSiteKnown();
  const shown = known ? (data ?? last.current) : undefined;
  if (shown === undefined) return error ? <Failed error={error} again={again} /> : <Skeleton rows={rows} />;
  return (
    <>
      {error && <Failed error={error} again={again} />}
      {children(shown)}
    </>
  );
}
