/** How a field of the item is to the same field of a candidate: the same, another, or known on one side alone. */
export type Likeness = 'same' | 'differs' | 'unknown';

const digits = (code: string): string => {
  const d = code.replace(/[\s-]/g, '');
  return /^\d{8,14}$/.test(d) ? d.padStart(14, '0') : '';
};

/** Whether a barcode of the item is one of the product's, in whichever form each is written. */
export function sameCode(code: string, ...others: string[]): Likeness {
  const own = digits(code);
  const theirs = others.map(digits).filter(Boolean);
  if (!own || theirs.length === 0) return 'unknown';
  return theirs.includes(own) ? 'same' : 'differs';
}

const flat = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Whether two names or part numbers are the same but for case, spaces and signs. */
export function sameText(a: string, b: string): Likeness {
  if (!flat(a) || !flat(b)) return 'unknown';
  return flat(a) === flat(b) ? 'same' : 'differs';
}

/** The words of a name that the other name does not have. */
export function strangeWords(name: string, other: string): string[] {
  const words = (t: string) => t.split(/[^\p{L}\p{N}.]+/u).filter(Boolean);
  const known = new Set(words(other).map(flat));
  return words(name).filter((w) => flat(w) && !known.has(flat(w)));
}

/** Units in all shops together. */
export const onHand = (row: { stock: readonly { onHand: number }[] }): number =>
  row.stock.reduce((sum, s) => sum + s.onHand, 0);
