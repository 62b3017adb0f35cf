import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { covered, typing } from '../kit/keys';

const KeysHelp = lazy(() => import('./KeysHelp'));

const places: Record<string, string> = { s: '/status', i: '/catalog/items', o: '/orders', r: '/review', w: '/items' };
const patience = 1_500; // from G to the letter of the place

/** The keys of every page: G and a letter goes to a page, "?" lists them all. */
export function Keys() {
  const go = useNavigate();
  const [help, setHelp] = useState(false);
  const asked = useRef(0);
  useEffect(() => {
    const keys = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || covered()) return;
      // The list of keys can be opened also when they are switched off: it is where they are switched on again.
      if (e.key === '?' && !typing(e, true)) {
        e.preventDefault();
        setHelp(true);
        return;
      }
      if (typing(e)) return;
      const key = e.key.toLowerCase();
      const to = Date.now() - asked.current < patience ? places[key] : undefined;
      asked.current = key === 'g' ? Date.now() : 0;
      if (!to) return;
      e.preventDefault();
      e.stopImmediatePropagation(); // the letter is for nobody else
      void go({ to });
    };
    window.addEventListener('keydown', keys, true);
    return () => window.removeEventListener('keydown', keys, true);
  }, [go]);
  return <Suspense>{help && <KeysHelp close={() => setHelp(false)} />}</Suspense>;
}
