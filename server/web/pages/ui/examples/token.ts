/** Where POS Sync is: a constant of the build. Never take it from the page's address, because the token is sent there. */
export const possync: string = import.meta.env.VITE_POSSYNC;

let current: { text: string; ends: number } | undefined;

/** A token for the person who is signed in at the platform. Its backend makes it: see "Tokens and roles" in docs/operations.md. */
export async function token(): Promise<string> {
  if (current && current.ends - Date.now() > 20_000) return current.text;
  const answer = await fetch('/possync-token', { method: 'POST' });
  if (!answer.ok) throw new Error('The platform gives no token: is somebody signed in?');
  const text = await answer.text();
  const payload = (text.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  current = { text, ends: JSON.parse(atob(payload)).exp * 1000 };
  return text;
}

/** A fetch with the token. One that POS Sync no longer takes is replaced once. */
export const withToken: typeof fetch = async (input, init) => {
  for (let tries = 0; ; tries++) {
    const headers = new Headers(init?.headers);
    headers.set('Authorization', `Bearer ${await token()}`);
    const answer = await fetch(input, { ...init, headers });
    if (answer.status !== 401 || tries > 0) return answer;
    current = undefined;
  }
};
