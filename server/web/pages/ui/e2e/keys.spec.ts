import { accessible, Demo, expect, saved, signIn, test } from './demo';

const demo = new Demo();
test.beforeAll(async () => {
  await demo.start();
  await demo.setUp();
});
test.afterAll(() => demo.stop());
test.beforeEach(async ({ page }) => signIn(page, demo, '/status'));

/** Presses Tab until what has the focus has this name. */
async function tabTo(page: import('./demo').Page, role: string, name: RegExp | string) {
  const wanted = page.getByRole(role as 'button', { name }).first();
  await wanted.waitFor();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((e) => e === document.activeElement)) return;
  }
  throw new Error(`Tab never came to ${role} ${name}`);
}

// From the first key to a saved setting, a decision and an order, without a pointer.
test('a day by the keyboard alone', async ({ page }) => {
  // The skip link is the first stop, and leads past the navigation.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();

  await tabTo(page, 'button', 'Sync now');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => {
      const { syncRuns } = await demo.api<{ syncRuns: { edges: { node: { trigger: string } }[] } }>(
        '{ syncRuns(first: 1) { edges { node { trigger } } } }',
      );
      return syncRuns.edges[0]?.node.trigger;
    })
    .toBe('MANUAL');

  // A setting, from the navigation to Ctrl+S, and Escape out of the question about leaving.
  await page.keyboard.press('Home');
  await page.locator('body').press('Tab');
  await tabTo(page, 'link', 'Schedule');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Schedule' })).toBeFocused();
  await tabTo(page, 'textbox', 'Minutes from one sync to the next');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('21');
  await page.keyboard.press('Control+s');
  await saved(page);
  const { syncSchedule } = await demo.api<{ syncSchedule: object }>('{ syncSchedule { intervalMinutes } }');
  expect(syncSchedule).toEqual({ intervalMinutes: 21 });

  // G and a letter goes to a page, and "/" to its search.
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('go'); // letters in a field stay there
  await expect(page).toHaveURL(/\/orders\?.*q=go/);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await tabTo(page, 'link', /^WEB-/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Order WEB-/ })).toBeFocused();
  await tabTo(page, 'button', 'Add a line');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Add a line' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add a line' })).toBeFocused();
});

test('the keys are listed, and those of a letter can be switched off', async ({ page }) => {
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog.getByText('Search the list')).toBeVisible();
  await accessible(page);
  await dialog.getByRole('switch', { name: 'Keys of a single letter' }).press('Space');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Sync status' })).toBeVisible();
  await page.keyboard.press('?');
  await dialog.getByRole('switch', { name: 'Keys of a single letter' }).press('Space');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeFocused();
});
