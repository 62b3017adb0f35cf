/** The sum of decimals of the API, exact: they are never made floats. */
export function sum(amounts: readonly string[]): string {
  const scale = Math.max(0, ...amounts.map((a) => a.split('.')[1]?.length ?? 0));
  const total = amounts.reduce((t, a) => t + scaled(a, scale), 0n);
  const sign = total < 0n ? '-' : '';
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function scaled(amount: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const n = BigInt(whole + fraction.padEnd(scale, '0'));
  return amount.startsWith('-') ? -n : n;
}

/** The amount with the other sign. */
export const negated = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

/** -1, 0 or 1. */
export function sign(amount: string): number {
  if (!/[1-9]/.test(amount)) return 0;
  return amount.startsWith('-') ? -1 : 1;
}

/** A decimal without needless zeros, as an input shows it: at least `least` places. */
export function plain(amount: string, least = 2): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(least, '0');
  return kept ? `${whole}.${kept}` : whole;
}

/** What a person typed as a decimal of the API; undefined when it is none. */
export function parseDecimal(text: string, places = 2): string | undefined {
  const t = text.trim().replace(',', '.');
  return new RegExp(`^\\d{1,10}(\\.\\d{1,${places}})?$`).test(t) ? t : undefined;
}
