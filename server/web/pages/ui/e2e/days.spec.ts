import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Demo, expect, open, saved, signIn, test } from './demo';

// Bad days in the page: the token ends, the role allows little, the service answers badly or not at all.

const demo = new Demo();
let host: Server;
let origin = '';
let token = '';

test.beforeAll(async () => {
  // A platform that shows one page in a frame and hands it a token.
  host = createServer((request, answer) => {
    if (request.url === '/token') {
      answer.end(token);
      return;
    }
    answer.setHeader('Content-Type', 'text/html');
    answer.end(`<!doctype html><html lang="en"><title>Platform</title><h1>Platform</h1>
      <iframe title="POS Sync" src="${demo.url}/manage/settings/schedule?embed" width="1000" height="480"></iframe>
      <script>
        addEventListener('message', async (e) => {
          if (e.origin !== '${demo.url}' || e.data?.type !== 'possync:token?') return;
          e.source.postMessage({ type: 'possync:token', token: await (await fetch('/token')).text() }, e.origin);
        });
      </script></html>`);
  });
  await new Promise<void>((r) => host.listen(0, '127.0.0.1', r));
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  await demo.start('--pages-origins', origin);
});
test.afterAll(async () => {
  host.close();
  await demo.stop();
});

test.describe('a token that has ended', () => {
  test.use({ allowed: [/401/] });
  test('is replaced, and when nobody is signed in any more, what was typed stays', async ({ page }) => {
    await signIn(page, demo, '/settings/schedule');
    const minutes = page.getByLabel('Minutes from one sync to the next');
    await minutes.fill('11');
    // The sign-in has ended, and the API refuses the token that the page holds.
    await page.route('**/manage/token', (r) => r.fulfill({ status: 401, body: 'signed out' }));
    await page.route('**/graphql', (r) => r.fulfill({ status: 401, body: '{}' }));
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('alertdialog', { name: 'You are signed out' })).toBeVisible();
    await page.unroute('**/manage/token');
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('alertdialog', { name: 'You are signed out' })).toBeHidden();
    await expect(minutes).toHaveValue('11');
    // Nothing was done, and nothing says that it might have been.
    await expect(page.getByText('it is not known whether this was done')).toHaveCount(0);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    expect((await demo.api<{ syncSchedule: object }>('{ syncSchedule { intervalMinutes } }')).syncSchedule).toEqual({
      intervalMinutes: 11,
    });
  });
});

test.describe('an answer that says what failed', () => {
  test('has the number that support asks for, and a way on', async ({ page }) => {
    await signIn(page, demo, '/status');
    await page.route('**/graphql', (r) =>
      r.fulfill({
        status: 200,
        contentType: 'application/json',
        body: JSON.stringify({
          data: null,
          errors: [{ message: 'x', extensions: { code: 'INTERNAL', requestId: 'abc-123' } }],
        }),
      }),
    );
    await page.getByRole('link', { name: 'Schedule' }).click();
    await expect(page.getByText('Something went wrong on our side.')).toBeVisible();
    await expect(page.getByText('Request abc-123')).toBeVisible();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await expect(page.getByLabel('Minutes from one sync to the next')).toBeVisible();
  });
});

// What the API says when it cannot, as the page gets it: nothing typed is lost, and the same act works once the fault is over.
test.describe('a fault while saving', () => {
  test.use({ allowed: [/50[04]/] });
  for (const [code, status, words] of [
    ['TIMEOUT', 504, 'The answer took too long. Try again in a moment.'],
    ['INTERNAL', 500, 'Something went wrong on our side.'],
  ] as const) {
    test(`${code} keeps what was typed`, async ({ page }) => {
      await signIn(page, demo, '/settings/schedule');
      const minutes = page.getByLabel('Minutes from one sync to the next');
      const typed = code === 'TIMEOUT' ? '21' : '22';
      await minutes.fill(typed);
      await page.route('**/graphql', (r) =>
        r.fulfill({
          status,
          contentType: 'application/graphql-response+json',
          body: JSON.stringify({ errors: [{ message: 'x', extensions: { code, requestId: 'abc-123' } }] }),
        }),
      );
      await page.getByRole('button', { name: 'Save changes' }).click();
      const toast = page.getByRole('alertdialog').filter({ hasText: words });
      await expect(toast).toContainText('Request abc-123');
      await page.unroute('**/graphql');
      await expect(minutes).toHaveValue(typed);
      await page.getByRole('button', { name: 'Save changes' }).click();
      await saved(page);
      expect((await demo.api<{ syncSchedule: object }>('{ syncSchedule { intervalMinutes } }')).syncSchedule).toEqual({
        intervalMinutes: Number(typed),
      });
    });
  }
});

test.describe('too many requests', () => {
  test.use({ allowed: [/429/] });
  test('the page says that it waits, and goes on by itself', async ({ page }) => {
    await signIn(page, demo, '/settings/schedule');
    const minutes = page.getByLabel('Minutes from one sync to the next');
    await minutes.fill('23');
    let refused = 0;
    await page.route('**/graphql', async (r) => {
      if (!r.request().postData()?.includes('mutation') || refused++ > 0) return r.fallback();
      await r.fulfill({
        status: 429,
        headers: { 'Retry-After': '2' },
        contentType: 'application/graphql-response+json',
        body: JSON.stringify({ errors: [{ message: 'x', extensions: { code: 'THROTTLED', retryAfter: 2 } }] }),
      });
    });
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('heading', { name: 'Many requests at once' })).toBeVisible();
    await expect(page.getByText('It tries again in 2 seconds')).toBeVisible();
    await expect(minutes).toHaveValue('23');
    await saved(page);
    expect(refused).toBe(2);
    await expect(page.getByRole('heading', { name: 'Many requests at once' })).toBeHidden();
  });
});

test.describe('an answer that is lost', () => {
  test.use({ allowed: [/ERR_FAILED/] });
  test('settings that are saved again are no one else’s change', async ({ page }) => {
    await signIn(page, demo, '/settings/schedule');
    await page.getByLabel('Minutes from one sync to the next').fill('24');
    await page.route('**/graphql', async (r) => {
      if (!r.request().postData()?.includes('mutation')) return r.fallback();
      await r.fetch(); // it is done
      await r.abort();
    });
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('it is not known whether this was done')).toBeVisible();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await saved(page);
    type Changes = { settingChanges: { edges: { node: { after: string } }[] } };
    const { settingChanges } = await demo.api<Changes>('{ settingChanges(first: 20) { edges { node { after } } } }');
    expect(settingChanges.edges.filter((e) => e.node.after === '24 minutes')).toHaveLength(1);
  });
});

test.describe('a server that starts again', () => {
  test.use({ allowed: [/ERR_CONNECTION|WebSocket|ERR_INCOMPLETE|ERR_EMPTY|50[23]/] });
  test('is waited for, and what was typed is saved then', async ({ page }) => {
    // As the demo itself sets it whenever it starts: so nobody else changes it meanwhile.
    await demo.api('mutation { updateSyncSchedule(input: { intervalMinutes: 1 }) { userErrors { message } } }');
    // As a platform does, whose own sign-in outlives the service.
    const manager = demo.tokenOf('manage', '--user', 'somebody');
    await page.route('**/manage/token', (r) => r.fulfill({ json: { token: manager } }));
    await open(page, demo, '/settings/schedule');
    const minutes = page.getByLabel('Minutes from one sync to the next');
    await minutes.fill('31');
    await demo.restart(async () => {
      await expect(page.getByRole('heading', { name: 'Reconnecting' })).toBeVisible();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByText('it is not known whether this was done')).toBeVisible();
      await expect(minutes).toHaveValue('31');
    });
    await expect(page.getByRole('heading', { name: 'Reconnecting' })).toBeHidden({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Save changes' }).click();
    await saved(page);
    expect((await demo.api<{ syncSchedule: object }>('{ syncSchedule { intervalMinutes } }')).syncSchedule).toEqual({
      intervalMinutes: 31,
    });
    demo.cookies = []; // the demo's own sign-in does not
  });
});

test.describe('a viewer elsewhere', () => {
  test.use({ timezoneId: 'Asia/Tokyo' });
  test('reads the site’s times, with their zone', async ({ page }) => {
    await signIn(page, demo, '/activity');
    await expect(page.getByText(/^Times are in (Pacific|Los Angeles)/)).toBeVisible();
    type Changes = { settingChanges: { edges: { node: { changedAt: string } }[] } };
    const { settingChanges } = await demo.api<Changes>('{ settingChanges(first: 1) { edges { node { changedAt } } } }');
    const at = new Date(settingChanges.edges[0]?.node.changedAt ?? '');
    const there = at.toLocaleTimeString('en-US', { timeZone: 'America/Los_Angeles', timeStyle: 'short' });
    await expect(page.getByText(there).first()).toBeVisible();
  });
});

test.describe('a code that was used', () => {
  test.use({ allowed: [/401/] });
  test('signs nobody in, and says what to do', async ({ page }) => {
    await page.goto(`${demo.url}/manage/#code=NONESUCH`);
    await expect(page.getByText('This link was used already')).toBeVisible();
    expect(page.url()).not.toContain('NONESUCH');
  });
});

test('somebody who may only look sees no acts and changes nothing', async ({ page }) => {
  const view = demo.tokenOf('view');
  await page.route('**/manage/token', (r) => r.fulfill({ json: { token: view } }));
  await open(page, demo, '/settings/schedule');
  await expect(page.getByText('You can look, not change')).toBeVisible();
  await expect(page.getByLabel('Minutes from one sync to the next')).toBeDisabled();
  await page.getByRole('link', { name: 'Lightspeed', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Connect your Lightspeed account' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect Lightspeed' })).toBeHidden();
});

test('in a frame of the platform, with the platform’s token', async ({ page }) => {
  token = demo.tokenOf('manage', '--user', 'platform-user');
  await page.goto(origin);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { level: 1, name: 'Schedule' })).toBeVisible();
  await expect(frame.getByRole('link', { name: 'Prices' })).toBeHidden(); // the platform has its own navigation
  await frame.getByLabel('Minutes from one sync to the next').fill('13');
  await frame.getByRole('button', { name: 'Save changes' }).click();
  await expect(frame.getByText('Saved', { exact: true })).toBeVisible();
  const { settingChanges } = await demo.api<{
    settingChanges: { edges: { node: { changedBy: string; after: string } }[] };
  }>('{ settingChanges(first: 1) { edges { node { changedBy after } } } }');
  expect(settingChanges.edges[0]?.node.changedBy).toBe('platform-user');
});

// The drawer of a phone, by touch alone.
test('on a phone the pages are in the menu', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, demo, '/status');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Schedule' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Schedule' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
});
