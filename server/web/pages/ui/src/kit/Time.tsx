import { createContext, use, useContext, useEffect, useState } from 'react';
import { ago, exactly, ownZone, when } from '../lib/time';
import { m } from '../paraglide/messages.js';

export type Site = { name: string; timeZone: string; currencyCode: string };

/** The site, or a promise of it until the service has answered. */
export const SiteContext = createContext<Site | Promise<Site>>({
  name: '',
  timeZone: ownZone(),
  currencyCode: 'USD',
});

/** The site. A component that needs it waits until it is known, so that no time is shown in the wrong zone. */
export function useSite(): Site {
  const site = useContext(SiteContext);
  return site instanceof Promise ? use(site) : site;
}

export const useSiteKnown = () => !(useContext(SiteContext) instanceof Promise);

/** An instant, in the site's zone, and nothing before that is known. With `past` it is how long ago. */
export function Time({ at, past }: { at: string | null | undefined; past?: boolean }) {
  const site = useContext(SiteContext);
  const [, tick] = useState(0);
  useEffect(() => {
    if (!past) return;
    const t = setInterval(() => tick((n) => n + 1), 30_000);
    return () => clearInterval(t);
  }, [past]);
  if (!at) return <span className="muted">{m.never()}</span>;
  if (site instanceof Promise) return null;
  const { timeZone } = site;
  return (
    <time dateTime={at} title={exactly(at, timeZone)} className="nw">
      {past ? ago(at) : when(at, timeZone)}
    </time>
  );
}
