import { Store, useStore } from '../lib/store';

const words = new Store('');

/** Says something to those who hear the page; politely, when they are done with the last words. */
export const say = words.set;

/** The one polite region of the pages. */
export function LiveRegion() {
  return (
    <p className="sr" aria-live="polite">
      {useStore(words)}
    </p>
  );
}
