import { decimal, money } from './format';
import { date } from './time';

/** What the API says in English, in another language: see messages/api. */
export type Catalogue = {
  /** Sentences of messages and advice. The API joins some of them to one message. */
  sentences: Record<string, string>;
  /** What stands in for a value in a message, and what the history of settings says. */
  phrases: Record<string, string>;
  /** What each code means, for a message whose sentences are not known. A code may have its enum before it. */
  codes: Record<string, string>;
};

type Parameters = readonly { name: string; value: string }[];

/** The enum of the codes of what has a message. A document asks for the code as code. */
export const enumOf: Record<string, string> = {
  Alert: 'AlertCode',
  BlockerCount: 'BlockerCode',
  ExportBlocker: 'BlockerCode',
  ExportReason: 'ExportReasonCode',
  ItemReason: 'ReasonCode',
  OrderNotice: 'OrderNoticeCode',
  PriceProblem: 'PriceProblemCode',
  ReasonCount: 'ReasonCode',
  SetupIssue: 'SetupCode',
  SyncError: 'SyncErrorCode',
  UserError: 'UserErrorCode',
};

const numbers = new Set('before count displayed entry expected hours items least length limit lost units'.split(' '));
/** Values that are phrases, or lists of them. */
const lists: Record<string, string> = {
  changes: '; ',
  differences: '; ',
  fields: ', ',
  goods: '; ',
  refusal: '; ',
  what: '; ',
};

const amount = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/;
const place = /\{(\w+)\}/g;

/** The template with its places filled; undefined when a value is missing. */
function fill(template: string, value: (name: string) => string | undefined): string | undefined {
  let missing = false;
  const text = template.replace(place, (_, name: string) => {
    const found = value(name);
    if (found === undefined) missing = true;
    return found ?? '';
  });
  return missing ? undefined : text;
}

/** Knows all that the API says by one catalogue. */
export function translator({ sentences, phrases, codes }: Catalogue) {
  // By the two letters that they begin with, so that few are tried; those that begin with a value are tried always.
  const byStart = new Map<string, string[]>();
  for (const sentence of Object.keys(sentences)) {
    const start = sentence.startsWith('{') ? '' : sentence.slice(0, 2);
    byStart.set(start, [...(byStart.get(start) ?? []), sentence]);
  }
  const shapes = Object.entries(phrases)
    .filter(([phrase]) => phrase.includes('{'))
    .map(([phrase, other]) => {
      const names = [...phrase.matchAll(place)].map((x) => x[1] ?? '');
      const parts = phrase.split(/\{\w+\}/).map((p) => p.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return { shape: new RegExp(`^${parts.join('(.+?)')}$`), names, other };
    });
  const known = new Map<string, string>();

  /** A phrase in the other language, or as it is. */
  function phrase(text: string): string {
    const whole = phrases[text];
    if (whole !== undefined) return whole;
    for (const { shape, names, other } of shapes) {
      const found = shape.exec(text);
      if (!found) continue;
      return fill(other, (name) => value(name, phrase(found[names.indexOf(name) + 1] ?? ''))) ?? text;
    }
    return text;
  }

  /** A value as one writes it in the other language. */
  function value(name: string, text: string): string {
    const separator = lists[name];
    if (separator) return text.split(separator).map(phrase).join(separator);
    const found = amount.exec(text);
    if (found) return money({ amount: found[1] ?? '', currencyCode: found[2] ?? '' });
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return date(text);
    return numbers.has(name) && /^-?\d{1,15}(\.\d+)?$/.test(text) ? decimal(text) : text;
  }

  function whole(text: string, parameters: Parameters): string | undefined {
    const values = new Map(parameters.map((p) => [p.name, p.value]));
    const from = (at: number): string | undefined => {
      const rest = text.slice(at);
      const fitting = [...(byStart.get(rest.slice(0, 2)) ?? []), ...(byStart.get('') ?? [])]
        .map((sentence) => [sentence, fill(sentence, (name) => values.get(name))] as const)
        .filter(([, said]) => said && rest.startsWith(said))
        .sort(([, a = ''], [, b = '']) => b.length - a.length);
      for (const [sentence, said = ''] of fitting) {
        const other = fill(sentences[sentence] ?? '', (name) => {
          const v = values.get(name);
          return v === undefined ? v : value(name, v);
        });
        if (other === undefined) continue;
        if (said.length === rest.length) return other;
        if (rest[said.length] !== ' ') continue;
        const more = from(at + said.length + 1);
        if (more !== undefined) return `${other} ${more}`;
      }
      return undefined;
    };
    return from(0);
  }

  /** A message as the API says it, with its amounts as one writes them: "12.50 USD" as "$12.50". */
  function written(text: string, parameters: Parameters): string {
    const amounts = new Set(parameters.filter((p) => amount.test(p.value)).map((p) => p.value));
    if (amounts.size === 0) return text;
    return text.replace(/-?\d+(?:\.\d+)? [A-Z]{3}\b/g, (found) => (amounts.has(found) ? value('', found) : found));
  }

  /** A message in the other language. One that is not known stays as the API says it, after what its code means. */
  function say(text: string, parameters: Parameters = [], codeOf?: readonly [codes: string, code: string]): string {
    const key = JSON.stringify([text, parameters, codeOf]);
    let said = known.get(key);
    if (said === undefined) {
      const meant = codeOf && (codes[codeOf.join('.')] ?? codes[codeOf[1]]);
      const other = whole(text, parameters) ?? phrase(text);
      if (other !== text) said = other;
      else said = meant && text ? `${meant} (${written(text, parameters)})` : written(text, parameters);
      if (known.size > 2_000) known.clear();
      known.set(key, said);
    }
    return said;
  }

  /** Replaces all that people read in an answer. */
  function answer(data: unknown): void {
    if (Array.isArray(data)) {
      for (const entry of data) answer(entry);
      return;
    }
    if (data === null || typeof data !== 'object') return;
    const o = data as Record<string, unknown>;
    if (typeof o.message === 'string') {
      const codes = enumOf[String(o.__typename)];
      const code = codes && typeof o.code === 'string' ? ([codes, o.code] as const) : undefined;
      o.message = say(o.message, o.messageParameters as Parameters | undefined, code);
    }
    if (typeof o.advice === 'string') o.advice = say(o.advice);
    if (o.__typename === 'SettingChange') {
      for (const f of ['field', 'before', 'after']) if (typeof o[f] === 'string') o[f] = phrase(o[f] as string);
    }
    for (const entry of Object.values(o)) if (typeof entry === 'object') answer(entry);
  }

  return { say, answer };
}
