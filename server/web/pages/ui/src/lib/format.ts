import { getLocale } from '../paraglide/runtime.js';

const cached = new Map<string, unknown>();

/** Formatters are slow to make and are kept. */
function keep<T>(key: string, make: () => T): T {
  let found = cached.get(key) as T | undefined;
  if (!found) {
    found = make();
    cached.set(key, found);
  }
  return found;
}

/** The language of texts, with the viewer's own region for dates and numbers where it has one. */
export function region(): string {
  const locale = getLocale();
  return navigator.languages?.find((l) => l.split('-')[0] === locale) ?? locale;
}

/** 1234 as "1,234". */
export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  return keep(`n${region()}${JSON.stringify(options)}`, () => new Intl.NumberFormat(region(), options)).format(value);
}

/** 228 as "+228", -3 as "−3". */
export function signed(value: number): string {
  return number(value, { signDisplay: 'exceptZero' }).replace('-', '−');
}

export function percent(part: number, whole: number): string {
  return number(whole === 0 ? 0 : part / whole, { style: 'percent', maximumFractionDigits: 0 });
}

export type MoneyLike = { amount: string; currencyCode: string };

/** An amount as the API sends it. It is never made a float: Intl reads the text itself. */
export function money(m: MoneyLike): string {
  const f = keep(`m${region()}${m.currencyCode}`, () => {
    try {
      return new Intl.NumberFormat(region(), { style: 'currency', currency: m.currencyCode });
    } catch {
      return new Intl.NumberFormat(region(), { minimumFractionDigits: 2 }); // a code that is none
    }
  });
  return f.format(m.amount as unknown as number);
}

/** A decimal of the API without needless zeros: "2.000" as "2". */
export function decimal(text: string): string {
  const f = keep(`d${region()}`, () => new Intl.NumberFormat(region(), { maximumFractionDigits: 6 }));
  return f.format(text as unknown as number);
}

export const seconds = (n: number): string =>
  n < 90
    ? number(Math.round(n), { style: 'unit', unit: 'second', unitDisplay: 'long' })
    : number(Math.round(n / 60), { style: 'unit', unit: 'minute', unitDisplay: 'long' });
