/** A product's sale dates: the first and the last day; '' = none. */
export type Dates = { start: string; end: string };

/** The changed dates of products by their ids. */
export type Changes = ReadonlyMap<string, Dates>;

/** The changes after another one. Dates that are as saved again are no change; without a start there is no end either. */
export function withDates(
  changes: Changes,
  saved: ReadonlyMap<string, Dates>,
  more: ReadonlyMap<string, Partial<Dates>>,
): Changes {
  const next = new Map(changes);
  for (const [id, part] of more) {
    const before = saved.get(id);
    if (!before) continue;
    const dates = { ...(next.get(id) ?? before), ...part };
    if (dates.start === before.start && dates.end === before.end) next.delete(id);
    else next.set(id, dates);
  }
  return next;
}

/** What is wrong with dates: an end that comes before the start, or has none. */
export function fault({ start, end }: Dates): 'start' | 'end' | undefined {
  if (end && !start) return 'start';
  return end && end < start ? 'end' : undefined;
}
