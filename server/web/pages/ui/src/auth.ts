import { Store, useStore } from './lib/store';

export type Role = 'view' | 'manage' | 'service';

/** Who is at the pages. The role is read from the token; the API checks every call all the same. */
export type Viewer = { user: string; site: string; role: Role };

export type Session =
  | { state: 'starting' }
  | { state: 'in'; viewer: Viewer }
  | { state: 'out'; viewer?: Viewer; reason: 'expired' | 'code' | 'nobody' | 'offline' };

type Config = { origins: string[]; tokenEndpoint: string };
type Token = { text: string; ends: number; viewer: Viewer };

const base = '/manage/';
const early = 20_000; // a token is renewed so long before its end
const patience = 10_000; // for an answer of the page around this one

export const session = new Store<Session>({ state: 'starting' });
export const useSession = () => useStore(session);

/** The viewer, also while signed out: what was on the page stays there. */
export function useViewer(): Viewer | undefined {
  const s = useSession();
  return s.state === 'starting' ? undefined : s.viewer;
}

export const embedded = window.parent !== window;

let config: Config = { origins: [], tokenEndpoint: '' };
let current: Token | undefined;
let asking: Promise<Token> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export class SignedOut extends Error {
  constructor(readonly reason: 'expired' | 'code' | 'nobody' | 'offline') {
    super('signed out');
  }
}

/** What a token says. Its signature is the API's business. */
export function read(text: string): Token {
  const payload = (text.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(payload), (c) => c.charCodeAt(0));
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as { sub: string; site: string; role: Role; exp: number };
  return { text, ends: claims.exp * 1000, viewer: { user: claims.sub, site: claims.site, role: claims.role } };
}

/** Signs in: with the code of the address if there is one, else with what is there already. */
export async function start(): Promise<void> {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code');
  if (code !== null)
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  try {
    const answer = await fetch(`${base}config.json`);
    if (!answer.ok) throw new SignedOut('offline');
    config = (await answer.json()) as Config;
    if (code !== null) {
      const signIn = await fetch(`${base}session`, { method: 'POST', body: JSON.stringify({ code }) });
      // A code that was used before is no reason to refuse somebody who is signed in already.
      if (!signIn.ok && !(await ask().catch(() => undefined))) throw new SignedOut('code');
    }
    await token();
  } catch (e) {
    if (session.get().state === 'starting' || e instanceof SignedOut)
      out(e instanceof SignedOut ? e.reason : 'offline');
  }
}

/** A token that is good for a few seconds at least. It fails when nobody is signed in. */
export async function token(): Promise<string> {
  if (current && current.ends - Date.now() > 5_000) return current.text;
  return (await renew()).text;
}

/** The API has refused this token: the next call asks for another one. */
export function forget(text: string): void {
  if (current?.text === text) current = undefined;
}

/** Asks for a token again after signing out. */
export async function again(): Promise<void> {
  await renew().catch(() => undefined);
}

function renew(): Promise<Token> {
  asking ??= ask()
    .then((t) => {
      current = t;
      const before = session.get();
      const same = before.state === 'in' && JSON.stringify(before.viewer) === JSON.stringify(t.viewer);
      if (!same) session.set({ state: 'in', viewer: t.viewer });
      schedule(t);
      return t;
    })
    .catch((e) => {
      const reason = e instanceof SignedOut ? e.reason : 'offline';
      // Without an answer the old token may still be good, and the network may come back.
      if (reason !== 'offline' || !current || current.ends < Date.now()) out(reason);
      else retry();
      throw e;
    })
    .finally(() => {
      asking = undefined;
    });
  return asking;
}

function out(reason: 'expired' | 'code' | 'nobody' | 'offline') {
  const before = session.get();
  // To try again does not change what was wrong with the link.
  const why = before.state === 'out' && before.reason === 'code' && reason === 'expired' ? 'code' : reason;
  session.set({ state: 'out', viewer: before.state === 'starting' ? undefined : before.viewer, reason: why });
  if (reason === 'offline') retry();
}

function retry() {
  clearTimeout(timer);
  timer = setTimeout(() => void again(), 3_000);
}

function schedule(t: Token) {
  clearTimeout(timer);
  timer = setTimeout(() => void again(), Math.max(1_000, t.ends - Date.now() - early));
}

async function ask(): Promise<Token> {
  const framed = embedded && config.origins.length > 0;
  if (config.tokenEndpoint && !framed) {
    const answer = await fetch(config.tokenEndpoint, { method: 'POST', credentials: 'include' });
    if (answer.status === 401 || answer.status === 403) throw new SignedOut('expired');
    if (!answer.ok) throw new SignedOut('offline');
    return read(((await answer.json()) as { token: string }).token);
  }
  if (!framed) throw new SignedOut('nobody');
  return read(await askParent());
}

/** Asks the page around this one, which must be of an allowed origin. */
function askParent(): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(limit);
      window.removeEventListener('message', listen);
    };
    const listen = (e: MessageEvent) => {
      const data = e.data as { type?: unknown; token?: unknown } | null;
      if (e.source !== window.parent || !config.origins.includes(e.origin)) return;
      if (data?.type !== 'possync:token' || typeof data.token !== 'string') return;
      done();
      resolve(data.token);
    };
    const limit = setTimeout(() => {
      done();
      reject(new SignedOut('nobody'));
    }, patience);
    window.addEventListener('message', listen);
    // The browser delivers it only to the origin that the parent really has.
    for (const origin of config.origins) window.parent.postMessage({ type: 'possync:token?' }, origin);
  });
}
