import { type ReactNode, useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { useSite } from '../../kit/Time';
import { number } from '../../lib/format';
import { date, timeOf } from '../../lib/time';
import { m } from '../../paraglide/messages.js';

export const DisplayHistory = graphql(`
  query DisplayHistory {
    displayHistory(days: 14) {
      date
      displayed
      hidden
    }
  }
`);

export const BudgetHour = graphql(`
  query BudgetHour {
    budgetSamples(last: 60) {
      level
      size
      sampledAt
    }
  }
`);

const wide = 280;
const high = 48;

/** A picture, and the same in words: who does not see the one reads the other. */
function Picture({ words, children }: { words: string; children: ReactNode }) {
  return (
    <figure className="spark">
      <svg viewBox={`0 0 ${wide} ${high}`} preserveAspectRatio="none" aria-hidden="true">
        {children}
      </svg>
      <figcaption className="muted small">{words}</figcaption>
    </figure>
  );
}

/** How many items were shown and not shown on the last days. `now` is what is shown: with it the picture is asked again. */
export function Days({ now }: { now: number }) {
  const [{ data }, again] = useQuery({ query: DisplayHistory });
  const asked = useRef(now);
  useEffect(() => {
    if (asked.current !== now) again({ requestPolicy: 'network-only' });
    asked.current = now;
  }, [again, now]);
  const days = data?.displayHistory ?? [];
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last || days.length < 2) return null; // one day makes no line
  const at = (day: string) => Date.parse(day);
  const span = at(last.date) - at(first.date);
  const most = Math.max(1, ...days.map((d) => Math.max(d.displayed, d.hidden)));
  const line = (value: (d: (typeof days)[number]) => number) =>
    days
      .map((d) => `${((at(d.date) - at(first.date)) / span) * wide},${high - 2 - (value(d) / most) * (high - 4)}`)
      .join(' ');
  return (
    <Picture
      words={m.website_days({
        day: date(first.date, { month: 'short', day: 'numeric' }),
        shown: number(first.displayed),
        shownNow: number(last.displayed),
        hidden: number(first.hidden),
        hiddenNow: number(last.hidden),
      })}
    >
      <polyline className="other" points={line((d) => d.hidden)} />
      <polyline points={line((d) => d.displayed)} />
    </Picture>
  );
}

/** How full the allowance was in each minute of the last hour. */
export function Hour({ seen }: { seen: string }) {
  const { timeZone } = useSite();
  const [{ data }, again] = useQuery({ query: BudgetHour });
  const asked = useRef(seen);
  useEffect(() => {
    const ask = () => again({ requestPolicy: 'network-only' });
    if (asked.current !== seen) ask();
    asked.current = seen;
    const t = setInterval(ask, 60_000); // a minute moves on although nothing is sent
    return () => clearInterval(t);
  }, [again, seen]);
  const ago = (at: string) => Math.floor((Date.now() - Date.parse(at)) / 60_000);
  // A minute in which nothing was sent has no sample, so the latest ones may be of yesterday.
  const samples = (data?.budgetSamples ?? []).filter((s) => ago(s.sampledAt) < 60);
  const [first] = samples;
  if (!first) return null;
  const top = samples.reduce((a, b) => (b.level / b.size > a.level / a.size ? b : a), first);
  const bar = wide / 60;
  return (
    <Picture
      words={m.allowance_hour({
        used: number(Math.round(top.level)),
        size: number(top.size),
        time: timeOf(top.sampledAt, timeZone),
      })}
    >
      {samples.map((s) => {
        const height = Math.max(1, Math.min(1, s.level / s.size) * high);
        return (
          <rect
            key={s.sampledAt}
            x={wide - (Math.max(0, ago(s.sampledAt)) + 1) * bar}
            y={high - height}
            width={bar - 1}
            height={height}
          />
        );
      })}
      <path className="edge" d={`M0 ${high}H${wide}`} />
    </Picture>
  );
}
