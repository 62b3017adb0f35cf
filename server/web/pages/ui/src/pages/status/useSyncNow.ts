import { useEffect, useRef } from 'react';
import { useSubscription } from 'urql';
import { ended } from '../../lib/runs';
import { SyncNow } from './documents';

/** The sync of the moment, as it goes. When a run begins or ends, what is around it may have changed: `turned` reads it again. */
export function useSyncNow(turned: () => void) {
  const [{ data }] = useSubscription({ query: SyncNow });
  const now = data?.syncStatus;
  const mark = now?.run ? `${now.run.id}${ended(now.state)}` : undefined;
  const last = useRef<string>(undefined);
  const act = useRef(turned);
  act.current = turned;
  useEffect(() => {
    if (mark === undefined) return;
    if (last.current !== undefined && last.current !== mark) act.current();
    last.current = mark;
  }, [mark]);
  return now;
}
