import { useState } from 'react';

/**
 * What is selected of a list. Another list or other filters begin with nothing selected, whatever led there: a tab, a filter or the
 * browser's "back". `old` says that the screen still shows the rows of the previous list, which cannot be selected any more.
 */
export function usePicks(list: object, result: { data?: unknown; error?: unknown; fetching: boolean }) {
  const now = JSON.stringify(list);
  const [picked, pick] = useState<ReadonlySet<string>>(new Set());
  const [listed, setListed] = useState(now);
  const [answered, setAnswered] = useState(now);
  if (listed !== now) {
    setListed(now);
    pick(new Set());
  }
  if (answered !== now && result.data && !result.error && !result.fetching) setAnswered(now);
  return { picked, pick, old: answered !== now };
}
