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
