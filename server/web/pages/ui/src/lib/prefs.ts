import { isLocale, setLocale } from '../paraglide/runtime.js';
import { Store } from './store';

export type Theme = 'system' | 'light' | 'dark';

const key = 'possync.theme';

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // It is full: the choice lasts as long as the page.
  }
}

export const theme = new Store<Theme>('system');

export function setTheme(t: Theme): void {
  theme.set(t);
  if (t === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = t;
  keep(key, t);
}

const keysKey = 'possync.keys';

/** Whether letters alone do something. */
export const keysOn = new Store(true);

export function setKeys(on: boolean): void {
  keysOn.set(on);
  keep(keysKey, on ? 'on' : 'off');
}

/** Takes the stored choices over; `?lang=es` in the address wins, for those who embed a page. */
export function startPrefs(): void {
  const t = localStorage.getItem(key);
  if (t === 'light' || t === 'dark') setTheme(t);
  keysOn.set(localStorage.getItem(keysKey) !== 'off');
  const lang = new URLSearchParams(window.location.search).get('lang');
  if (isLocale(lang)) void setLocale(lang, { reload: false });
}
