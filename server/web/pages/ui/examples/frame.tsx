import { createRoot } from 'react-dom/client';
import { possync, token } from './token';

// The page in the frame asks for a token when it starts, and again before the token ends. Answer only the frame itself, and send the
// token only to the origin of POS Sync. POSSYNC_PAGES_ORIGINS of POS Sync must name this page's origin.
window.addEventListener('message', async (e) => {
  const frame = document.querySelector('iframe')?.contentWindow;
  if (e.origin !== possync || e.source !== frame || e.data?.type !== 'possync:token?') return;
  frame?.postMessage({ type: 'possync:token', token: await token() }, possync);
});

createRoot(document.getElementById('root') as HTMLElement).render(
  <>
    <h1>My platform</h1>
    <iframe title="What is shown" src={`${possync}/manage/settings/shown?embed`} width="1000" height="700" />
  </>,
);
