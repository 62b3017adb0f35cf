/** The addresses in a text with one on each line, or separated by commas. */
export const addressesIn = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((a) => a.trim())
    .filter(Boolean);
