import { useCallback, useEffect, useRef } from 'react';
import { useSubscription } from 'urql';
import type { OrdersNowSubscription } from '../../gql/graphql';
import { OrdersNow } from './documents';

type Change = OrdersNowSubscription['ordersChanged'];

/**
 * Calls `changed` when orders have changed, themselves or their exports: `is` says whether that one is among them. What
 * happened while the socket was cut counts as a change of any order.
 */
export function useOrdersChanged(changed: (is: (id: string) => boolean) => void) {
  const act = useRef(changed);
  act.current = changed;
  const last = useRef<number>(undefined);
  const begun = useRef(Date.now());
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  const gathered = useRef<Set<string> | 'any'>(new Set());
  useEffect(() => () => clearTimeout(soon.current), []);
  const hear = useCallback((_: unknown, { ordersChanged: e }: { ordersChanged: Change }) => {
    // When the page begins to hear late, because the socket was cut, what it has read before may be old.
    const first = last.current === undefined && Date.now() - begun.current < 2_000;
    const missed = e.orderIds.length === 0 && e.sequence !== last.current;
    last.current = e.sequence;
    if (first || (e.orderIds.length === 0 && !missed)) return e.sequence;
    if (missed || e.truncated) gathered.current = 'any';
    else if (gathered.current !== 'any') for (const id of e.orderIds) gathered.current.add(id);
    // Exports change many orders one after the other; once in a while is often enough to read them again.
    soon.current ??= setTimeout(() => {
      const ids = gathered.current;
      soon.current = undefined;
      gathered.current = new Set();
      act.current((id) => ids === 'any' || ids.has(id));
    }, 400);
    return e.sequence;
  }, []);
  useSubscription({ query: OrdersNow }, hear as never);
}
