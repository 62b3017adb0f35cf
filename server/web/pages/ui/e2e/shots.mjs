// Pictures of pages for people to look at: node e2e/shots.mjs URL FOLDER PATH... The URL is the demo's sign-in link.
import { chromium } from '@playwright/test';

const [link, folder, ...paths] = process.argv.slice(2);
const base = new URL(link).origin;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const signIn = await browser.newContext();
const first = await signIn.newPage();
await first.goto(link);
await first.waitForSelector('h1');
// What the browser remembers names a language, which would win over the one that is asked for.
const state = { ...(await signIn.storageState()), origins: [] };
const looks = {
  light: { viewport: { width: 1360, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1360, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true },
};
for (const [name, look] of Object.entries(looks)) {
  const context = await browser.newContext({ ...look, storageState: state, locale: process.env.SHOT_LANG ?? 'en-US' });
  const page = await context.newPage();
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') console.log(name, m.text());
  });
  page.on('pageerror', (e) => console.log(name, 'error', e.message));
  for (const path of paths) {
    await page.goto(`${base}/manage${path}`);
    await page.waitForSelector('h1');
    await page.waitForTimeout(900);
    await page.screenshot({
      path: `${folder}/${name}${path.replaceAll('/', '-').replace(/[?&=].*/, '')}.png`,
      fullPage: true,
    });
  }
  await context.close();
}
await browser.close();
