import { type Exchange, mapExchange, type OperationResult } from 'urql';
import { getLocale } from '../paraglide/runtime.js';
import type { Catalogue } from './said';

/** What the API says, by language. It says it in English itself, where only its amounts are written anew. */
const catalogues: Record<string, () => Promise<{ default: Catalogue }>> = {
  en: async () => ({ default: { sentences: {}, phrases: {}, codes: {} } }),
  es: () => import('../../messages/api/es.json'),
};

async function load(catalogue: () => Promise<{ default: Catalogue }>) {
  try {
    const [{ translator }, { default: said }] = await Promise.all([import('./said'), catalogue()]);
    return translator(said);
  } catch {
    return undefined; // what the API says stays English
  }
}

/** Puts what the API says into the language of the pages before it is cached, so that no page has to think of it. */
export function translated(): Exchange[] {
  const catalogue = catalogues[getLocale()];
  if (!catalogue) return [];
  const loading = load(catalogue);
  return [
    mapExchange({
      async onResult(result: OperationResult) {
        const words = await loading;
        words?.answer(result.data);
        for (const e of result.error?.graphQLErrors ?? []) if (words) e.message = words.say(e.message);
        return result;
      },
    }),
  ];
}
