import { accessible, Demo, expect, signIn, test } from './demo';

const demo = new Demo();
test.beforeAll(() => demo.start());
test.afterAll(() => demo.stop());

// R5, R7, R9: from the printed link to stock on the website, as a person goes it.
test('a new shop connects, maps its stores and has stock on the website', async ({ page }) => {
  await signIn(page, demo, '/status');
  await expect(page.getByRole('heading', { name: 'Set up your site' })).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: 'Connect Lightspeed' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lightspeed' })).toBeFocused();
  await accessible(page);

  // At Lightspeed's sign-in the person changes their mind first.
  await page.getByRole('button', { name: 'Connect Lightspeed' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByText('access was not allowed')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');

  await page.getByRole('button', { name: 'Connect Lightspeed' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByText(/^Connected to the Lightspeed account/)).toBeVisible();
  expect(page.url()).not.toContain('lightspeedCode');
  const { lightspeedLink } = await demo.api<{ lightspeedLink: { state: string } }>('{ lightspeedLink { state } }');
  expect(lightspeedLink.state).toBe('CONNECTED');
  await accessible(page);

  await page.getByRole('link', { name: 'Connect stores' }).click();
  await page.getByRole('button', { name: 'Connect those' }).click();
  await expect(page.getByText('3 changes not saved')).toBeVisible();
  await accessible(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const { storeMappings } = await demo.api<{
    storeMappings: { mappings: { shop: { name: string }; location: { name: string } }[] };
  }>('{ storeMappings { mappings { shop { name } location { name } } } }');
  expect(storeMappings.mappings.map((m) => m.shop.name)).toEqual(storeMappings.mappings.map((m) => m.location.name));
  expect(storeMappings.mappings).toHaveLength(3);

  // Set-up ends where the person sees what the first sync found.
  await page.getByRole('link', { name: 'See it and go live' }).click();
  await page.getByRole('button', { name: 'Go live' }).click();
  await expect(page.getByRole('heading', { name: 'Your site is live' })).toBeVisible();

  await page.getByRole('link', { name: 'Sync status' }).first().click();
  await expect(page.getByRole('heading', { name: 'Set up your site' })).toBeHidden();
  await expect(page.getByText('Up to date')).toBeVisible();
  const shown = await demo.shown();
  expect(shown).toBeGreaterThan(0);
  const website = page.getByRole('region', { name: 'On the website' });
  await expect(website.getByText(String(shown), { exact: true })).toBeVisible();
  await accessible(page);

  // B8: a sync by hand, with its end in the history.
  await page.getByRole('button', { name: 'Read everything' }).click();
  await expect(page.getByText('by demo-manage').first()).toBeVisible();
  await expect(page.getByText('Up to date')).toBeVisible();
  const { syncRuns } = await demo.api<{
    syncRuns: { edges: { node: { kind: string; trigger: string; state: string } }[] };
  }>('{ syncRuns(first: 1) { edges { node { kind trigger state } } } }');
  expect(syncRuns.edges[0]?.node).toEqual({ kind: 'FULL', trigger: 'MANUAL', state: 'COMPLETED' });
});
