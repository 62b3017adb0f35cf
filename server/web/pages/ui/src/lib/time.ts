import { m } from '../paraglide/messages.js';
import { region } from './format';

/** The viewer's own zone. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function formatter(zone: string, options: Intl.DateTimeFormatOptions) {
  try {
    return new Intl.DateTimeFormat(region(), { timeZone: zone, ...options });
  } catch {
    return new Intl.DateTimeFormat(region(), { timeZone: 'UTC', ...options }); // a zone that this browser does not know
  }
}

/** The day of an instant in a zone, as YYYY-MM-DD. */
export function dayOf(instant: Date, zone: string): string {
  const parts = formatter(zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'iso8601',
    numberingSystem: 'latn',
  });
  const part = (type: string) => parts.formatToParts(instant).find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** A time of today as "10:41 AM", of this year with its day, else with the year. In the site's zone. */
export function when(iso: string, zone: string, now = new Date()): string {
  const at = new Date(iso);
  if (dayOf(at, zone) === dayOf(now, zone)) return formatter(zone, { timeStyle: 'short' }).format(at);
  const sameYear = dayOf(at, zone).slice(0, 4) === dayOf(now, zone).slice(0, 4);
  return formatter(zone, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** An instant in full, for a tooltip: "November 26, 2026 at 7:46:03 AM PST". */
export function exactly(iso: string, zone: string): string {
  return formatter(zone, { dateStyle: 'long', timeStyle: 'long' }).format(new Date(iso));
}

/** "3 minutes ago". */
export function ago(iso: string, now = Date.now()): string {
  const s = Math.round((new Date(iso).getTime() - now) / 1000);
  const f = new Intl.RelativeTimeFormat(region(), { numeric: 'auto' });
  const a = Math.abs(s);
  if (a < 45) return m.just_now();
  if (a < 3_000) return f.format(Math.round(s / 60) || Math.sign(s), 'minute');
  if (a < 80_000) return f.format(Math.round(s / 3600) || Math.sign(s), 'hour');
  return f.format(Math.round(s / 86_400), 'day');
}

/** A calendar date of the API. It is no instant: no zone may move it. */
export function date(day: string, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  return formatter('UTC', options).format(new Date(`${day}T00:00:00Z`));
}

/** The name of a zone: "Pacific Time". */
export function zoneName(zone: string): string {
  const part = formatter(zone, { timeZoneName: 'longGeneric' })
    .formatToParts(new Date())
    .find((p) => p.type === 'timeZoneName');
  return part?.value ?? zone;
}

/** Whether two zones show another time now. */
export function differ(a: string, b: string, now = new Date()): boolean {
  const at = (zone: string) => formatter(zone, { dateStyle: 'short', timeStyle: 'short' }).format(now);
  return at(a) !== at(b);
}

/** The time of day of an instant in a zone. */
export const timeOf = (iso: string, zone: string): string =>
  formatter(zone, { timeStyle: 'short' }).format(new Date(iso));

/** An instant as an input of the site's zone shows it: "2026-03-08T01:59". */
export function toLocal(iso: string, zone: string): string {
  const parts = formatter(zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    calendar: 'iso8601',
    numberingSystem: 'latn',
  }).formatToParts(new Date(iso));
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant of a time in the site's zone. One that a change of clocks leaves out is an hour beside it. */
export function fromLocal(local: string, zone: string): string {
  const wanted = Date.parse(`${local}Z`);
  let at = wanted;
  // The zone's offset at the guess moves the guess; near a change of clocks once more.
  for (let i = 0; i < 3; i++) at += wanted - Date.parse(`${toLocal(new Date(at).toISOString(), zone)}Z`);
  return new Date(at).toISOString();
}
