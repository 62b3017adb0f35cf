import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Message = string | { match: Record<string, string> }[];

const load = (locale: string): Record<string, Message> => {
  const all: Record<string, Message> = {};
  for (const file of readdirSync(`messages/${locale}`)) {
    for (const [key, message] of Object.entries(
      JSON.parse(readFileSync(`messages/${locale}/${file}`, 'utf8')) as Record<string, Message>,
    )) {
      if (key in all) throw new Error(`${key} is twice in ${locale}`);
      all[key] = message;
    }
  }
  return all;
};

const texts = (m: Message): string[] => (typeof m === 'string' ? [m] : m.flatMap((v) => Object.values(v.match)));
const parameters = (m: Message) =>
  [...new Set(texts(m).flatMap((t) => [...t.matchAll(/\{(\w+)\}/g)].map((x) => x[1])))].sort();

describe.each(['es'])('the catalogue of %s', (locale) => {
  const base = load('en');
  const other = load(locale);
  it('has every message, and no other', () => {
    expect(Object.keys(other).sort()).toEqual(Object.keys(base).sort());
  });
  it('uses the same parameters', () => {
    for (const [key, message] of Object.entries(base)) {
      expect([key, parameters(other[key] ?? '')]).toEqual([key, parameters(message)]);
    }
  });
  it('leaves no message empty', () => {
    for (const [key, message] of Object.entries(other)) {
      for (const text of texts(message)) expect([key, text.trim()]).not.toEqual([key, '']);
    }
  });
});
