import { useEffect, useRef } from 'react';
import { useSubscription } from 'urql';
import { graphql } from '../graphql';

const FeedChanged = graphql(`
  subscription FeedChanged {
    productFeedChanged {
      sequence
    }
  }
`);

const AlertsChanged = graphql(`
  subscription AlertsChanged {
    alertsChanged {
      sequence
    }
  }
`);

const OrdersChanged = graphql(`
  subscription OrdersChanged {
    ordersChanged {
      sequence
    }
  }
`);

const pause = 2_000; // a sync changes the website many times a second

/** Calls `act` when what the website shows, the alerts or the orders have changed: soon, and not at every change of many. */
export function useHeard(act: () => void) {
  const [{ data: feed }] = useSubscription({ query: FeedChanged });
  const [{ data: alerts }] = useSubscription({ query: AlertsChanged });
  const [{ data: orders }] = useSubscription({ query: OrdersChanged });
  const latest = useRef(act);
  latest.current = act;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const before = useRef<readonly unknown[]>([]);
  const feedAt = feed?.productFeedChanged.sequence;
  const alertsAt = alerts?.alertsChanged.sequence;
  const ordersAt = orders?.ordersChanged.sequence;
  useEffect(() => {
    const now = [feedAt, alertsAt, ordersAt];
    // What each says first is how it is, which the page has read by itself.
    const changed = now.some((n, i) => before.current[i] !== undefined && before.current[i] !== n);
    before.current = now;
    if (!changed || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, pause);
  }, [feedAt, alertsAt, ordersAt]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
