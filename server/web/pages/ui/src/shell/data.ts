import { createContext, useContext, useEffect, useRef } from 'react';
import { useQuery, useSubscription } from 'urql';
import { useViewer } from '../auth';
import type { ShellQuery } from '../gql/graphql';
import { graphql } from '../graphql';
import { useHeard } from './heard';

const ShellData = graphql(`
  query Shell {
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
  const [result, again] = useQuery({ query: ShellData });
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
  return { ...result, again };
}

export type ShellValue = { data: ShellQuery | undefined; again(): void };

export const ShellContext = createContext<ShellValue>({ data: undefined, again: () => undefined });

/** What the frame knows: the site, the connection, the set-up, alerts and counts. */
export const useShell = () => useContext(ShellContext);

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
