import { region } from './format';

/** A value of the history of settings with its times in a zone: the API writes them as "2026-05-02 18:20:31 UTC". */
export function inZone(text: string, zone: string): string {
  return text.replace(/(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/g, (utc, day, time) => {
    try {
      const options = { dateStyle: 'medium', timeStyle: 'short', timeZone: zone } as const;
      return new Intl.DateTimeFormat(region(), options).format(new Date(`${day}T${time}Z`));
    } catch {
      return utc; // a zone that this browser does not know: its own words name the zone
    }
  });
}
