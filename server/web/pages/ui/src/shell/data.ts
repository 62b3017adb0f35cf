import { createContext, useContext, useEffect, useRef, useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import { useViewer } from '../auth';
import type { ShellQuery } from '../gql/graphql';
import { graphql } from '../graphql';
import { useHeard } from './heard';

const ShellData = graphql(`
  query Shell($waits: Boolean! = false) {
    viewer {
      userId
      role
    }
    site {
      id
      name
      timeZone
      currencyCode
    }
    lightspeedLink {
      id
      state
      accountName
    }
    setup {
      sequence
      complete
      live
      readyToGoLive
      wouldDisplay @include(if: $waits)
      issues {
        code
        blocking
        message
        messageParameters {
          name
          value
        }
        setting
      }
    }
    alerts {
      id
      code: alertCode
      message
      messageParameters {
        name
        value
      }
      setting
      count
      firstAt
      lastAt
      dismissedAt
    }
    exportCounts {
      states {
        state
        count
      }
      ready
      refundOpen
    }
    diagnosisSummary {
      total
      displayed
      notDisplayed
    }
    reviewQueue(first: 1) {
      totalCount
    }
  }
`);

const SetupChanged = graphql(`
  subscription SetupChanged {
    setupChanged {
      sequence
      complete
      issues {
        code
        blocking
        message
        messageParameters {
          name
          value
        }
        setting
      }
    }
  }
`);

/**
 * What the frame of every page shows. It is asked again each minute, when the tab comes back, and when
 * what it shows has changed.
 */
export function useShellData() {
  const [waits, setWaits] = useState(false); // whether the site has not gone live, so that it counts what it will show
  const [result, again] = useQuery({ query: ShellData, variables: { waits } });
  const live = result.data?.setup.live;
  useEffect(() => {
    if (live !== undefined) setWaits(!live);
  }, [live]);
  const [{ data: changed }] = useSubscription({ query: SetupChanged });
  const sequence = changed?.setupChanged.sequence;
  const before = result.data?.setup.sequence;
  useEffect(() => {
    if (sequence !== undefined && before !== undefined && sequence !== before) again({ requestPolicy: 'network-only' });
  }, [sequence, before, again]);
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') again({ requestPolicy: 'network-only' });
    };
    const t = setInterval(ask, 60_000);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(t);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [again]);
  useHeard(() => again({ requestPolicy: 'network-only' }));
  // A reread that fails, or that the cache answers with nothing for now, takes nothing away.
  const last = useRef<ShellQuery>(undefined);
  if (result.data) last.current = result.data;
  return { data: last.current, error: result.error, again };
}

export type ShellValue = { data: ShellQuery | undefined; again(): void };

export const ShellContext = createContext<ShellValue>({ data: undefined, again: () => undefined });

/** What the frame knows: the site, the connection, the set-up, alerts and counts. */
export const useShell = () => useContext(ShellContext);

/** How many items the website shows and does not show; before the site has gone live, how it will be then. */
export function websiteOf(data: ShellQuery | undefined) {
  if (!data) return undefined;
  const { live, wouldDisplay } = data.setup;
  const { total, displayed } = data.diagnosisSummary;
  const shown = live ? displayed : wouldDisplay;
  return shown === undefined ? undefined : { live, total, shown, hidden: total - shown };
}

/** Calls `act` when the set-up has changed, such as by a setting that somebody saves elsewhere. */
export function useSetupChanged(act: () => void) {
  const sequence = useShell().data?.setup.sequence;
  const latest = useRef(act);
  latest.current = act;
  const seen = useRef(sequence);
  useEffect(() => {
    if (seen.current !== undefined && seen.current !== sequence) latest.current();
    seen.current = sequence;
  }, [sequence]);
}

/** Whether the person may change things. Until the API has said so, what the token says counts. */
export function useMayManage(): boolean {
  const viewer = useViewer();
  const { data } = useShell();
  return data ? data.viewer.role === 'MANAGE' : viewer?.role === 'manage';
}
