import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Demo, expect, test } from './demo';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

// The platform: another origin, which serves its own pages and makes tokens for the people who are signed in there.
const demo = new Demo();
const built = mkdtempSync(join(tmpdir(), 'possync-examples-'));
let platform: Server;
let origin = '';

test.beforeAll(async () => {
  test.setTimeout(180_000); // it builds the examples, too
  platform = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/possync-token') {
      response.end(demo.tokenOf('manage'));
      return;
    }
    const file = join(built, new URL(request.url ?? '/', 'http://platform').pathname);
    if (!existsSync(file) || extname(file) === '') {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', types[extname(file)] ?? 'text/plain');
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((r) => platform.listen(0, '127.0.0.1', r));
  origin = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
  await demo.start('--allowed-origins', origin, '--pages-origins', origin);
  await demo.setUp();
  await demo.exportOn();
  execFileSync(
    'npx',
    ['vite', 'build', '--config', 'examples/vite.config.ts', '--outDir', built, '--emptyOutDir', '--logLevel', 'warn'],
    {
      env: { ...process.env, VITE_POSSYNC: demo.url },
    },
  );
});

test.afterAll(async () => {
  await demo.stop();
  platform.closeAllConnections();
  await new Promise((r) => platform.close(r));
  rmSync(built, { recursive: true, force: true });
});

test('a page of POS Sync in a frame of another origin saves a setting', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${origin}/frame.html`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('switch').nth(1).click();
  await frame.getByRole('button', { name: 'Save' }).click();
  await expect(frame.getByText('Saved', { exact: true })).toBeVisible();
  const { settingChanges } = await demo.api<{ settingChanges: { edges: unknown[] } }>(
    '{ settingChanges(where: {settings: ["importSettings"]}) { edges { node { field } } } }',
  );
  expect(settingChanges.edges).toHaveLength(1);
});

// A browser may stop the tab that Connect opens, without a word. Then there is something to click.
test('Connect in a frame gives the address of the sign-in when no tab opens', async ({ page }) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await page.goto(`${origin}/frame.html`);
  await page.locator('iframe').evaluate((f: HTMLIFrameElement, src) => {
    f.src = src;
  }, `${demo.url}/manage/settings/lightspeed?embed`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Connect again' }).click();
  await frame.getByRole('button', { name: 'Go to Lightspeed' }).click();
  const link = frame.getByRole('link', { name: 'If no tab has opened, open the sign-in here.' });
  await expect(frame.getByRole('heading', { name: /^Enter the code/ })).toBeVisible();
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await expect(tab.getByRole('button', { name: 'Allow' })).toBeVisible();
  expect(await tab.evaluate(() => window.opener)).toBeNull();
});

// A browser may let nothing be stored in a frame; asking for the storage throws then.
test('a page whose storage is blocked works, in the language that it was asked for', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      configurable: true, // as the browser's own is
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  });
  await page.goto(`${origin}/frame.html`);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { level: 1, name: 'What is shown' })).toBeVisible();
  await page.locator('iframe').evaluate((f: HTMLIFrameElement, src) => {
    f.src = src;
  }, `${demo.url}/manage/settings/shown?embed&lang=es`);
  await expect(frame.getByRole('heading', { level: 1, name: 'Qué se muestra' })).toBeVisible();
  await expect(frame.locator('html')).toHaveAttribute('lang', 'es');
});

// The platform serves the pages on its own origin: they ask it for a token, and again before that ends.
test('pages that nobody embeds get their token where the platform makes it', async ({ page }) => {
  let asked = 0;
  await page.route('**/manage/config.json', (r) =>
    r.fulfill({ json: { origins: [], tokenEndpoint: '/possync-token' } }),
  );
  await page.route('**/possync-token', (r) => {
    expect(r.request().method()).toBe('POST');
    asked++;
    return r.fulfill({ json: { token: demo.tokenOf('manage') } });
  });
  await page.goto(`${demo.url}/manage/status`);
  await expect(page.getByRole('heading', { level: 1, name: 'Sync status' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'On the website' })).toBeVisible();
  expect(asked).toBe(1);
});

for (const name of ['urql', 'apollo']) {
  test(`a program of another origin calls the API with ${name}`, async ({ page }) => {
    const ready = async () =>
      (
        await demo.api<{ orders: { totalCount: number } }>(
          '{ orders(first: 1, where: {exportRequested: false, blocked: false}) { totalCount } }',
        )
      ).orders.totalCount;
    const before = await ready();
    expect(before).toBeGreaterThan(0);
    await page.goto(`${origin}/${name}.html`);
    await expect(page.getByRole('heading', { name: `${before} orders to export` })).toBeVisible();
    await page
      .getByRole('button', { name: /^Export / })
      .first()
      .click();
    // It hears of the change over the socket.
    await expect(page.getByRole('heading', { name: `${before - 1} orders to export` })).toBeVisible();
    expect(await ready()).toBe(before - 1);
  });
}
