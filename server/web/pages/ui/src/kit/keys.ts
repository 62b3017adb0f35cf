import { keysOn } from '../lib/prefs';

/** Whether keys belong to what has the focus, and not to the page: also when the person has switched the page's keys off. */
export const typing = (e: KeyboardEvent, always = false): boolean =>
  (!always && !keysOn.get()) ||
  (e.target instanceof HTMLElement &&
    e.target.closest('input:not([type=checkbox]), select, textarea, [role=dialog]') !== null);

/** Whether something lies over the page. A toast does not, though React Aria makes it an alertdialog. */
export const covered = (): boolean => document.querySelector('[role=dialog], .scrim [role=alertdialog]') !== null;
