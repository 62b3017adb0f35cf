import { accessible, Demo, expect, instead, onlyView, open, signIn, test } from './demo';

const demo = new Demo();
test.beforeAll(() => demo.start());
test.afterAll(() => demo.stop());

type Setup = { live: boolean; complete: boolean; wouldDisplay: number; repriced: number };
const setup = async () => (await demo.api<{ setup: Setup }>('{ setup { live complete wouldDisplay repriced } }')).setup;

// R7: set-up ends on a page that says what the first sync found, and nothing is displayed or exported until staff switch it on.
test('a new site goes live once its staff have seen what the first sync found', async ({ page }) => {
  await signIn(page, demo, '/go-live');
  await expect(page.getByRole('button', { name: 'Go live' })).toBeDisabled();
  await expect(page.getByText('Some steps of set-up are left.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Connect Lightspeed' })).toBeVisible();
  const steps = page.getByRole('region', { name: 'Set up your site' }).getByRole('listitem');
  await expect(steps.last()).toContainText('Go live: look at what was found');
  await demo.setUp({ live: false });

  // The page hears that the set-up goes on, and the status leads to it.
  await expect(page.getByRole('button', { name: 'Go live' })).toBeEnabled();
  await page.getByRole('link', { name: 'Sync status' }).first().click();
  await page.getByRole('link', { name: 'See it and go live' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Go live' })).toBeFocused();

  const before = await setup();
  const found = page.getByRole('region', { name: 'What the first sync found' });
  const row = (name: string) => found.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row('Items that will be on the website')).toContainText(String(before.wouldDisplay));
  type Rest = {
    diagnosisSummary: { total: number; displayed: number; reasons: { blocking: number }[] };
    reviewSummary: { total: number };
    exportCounts: { ready: number };
  };
  const rest = await demo.api<Rest>(
    '{ diagnosisSummary { total displayed reasons { blocking } } reviewSummary { total } exportCounts { ready } }',
  );
  expect(rest.diagnosisSummary.displayed).toBe(0);
  await expect(row('Items that will not be shown')).toContainText(
    String(rest.diagnosisSummary.total - before.wouldDisplay),
  );
  await expect(row('Matches to review')).toContainText(String(rest.reviewSummary.total));
  await expect(row('Orders ready for Lightspeed')).toContainText(String(rest.exportCounts.ready));
  const why = page.getByRole('region', { name: 'Why items are not shown' });
  await expect(why.getByRole('row')).toHaveCount(
    1 + rest.diagnosisSummary.reasons.filter((r) => r.blocking > 0).length,
  );
  await accessible(page);

  // The other pages count the same, and say that it is not so yet.
  const hidden = String(rest.diagnosisSummary.total - before.wouldDisplay);
  await expect(page.getByRole('navigation').getByRole('link', { name: /^Why not shown/ })).toContainText(hidden);
  await page.getByRole('link', { name: 'See the items' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Why is it not on my site?' })).toBeFocused();
  await expect(page.getByRole('columnheader', { name: 'Price online' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Will be on the website' }).first()).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: /^All that will not be shown/ }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' }).getByText(`${hidden} items`)).toBeVisible();
  await page.getByRole('link', { name: 'Sync status' }).first().click();
  const website = page.getByRole('region', { name: 'Will be on the website' });
  await expect(website.getByText(String(before.wouldDisplay), { exact: true })).toBeVisible();
  await expect(website.getByText(hidden, { exact: true })).toBeVisible();
  // The settings show what they do to it.
  await page.getByRole('link', { name: 'Stores' }).first().click();
  const preview = page.getByRole('region', { name: 'What this would do' });
  await expect(preview).toContainText(`Once live${before.wouldDisplay}`);
  for (const units of await page.getByLabel(/Reserve units/).all()) await units.fill('1000');
  await expect(preview.getByRole('button', { name: /Disappearing/ })).not.toHaveText(/^0/);
  await expect(preview).toContainText(`Once live${before.wouldDisplay}`);
  await page.getByRole('button', { name: 'Discard' }).click();

  // Elsewhere a line says that one step is left.
  await page.getByRole('link', { name: 'What is shown' }).first().click();
  await expect(page.getByText('One step is left: go live')).toBeVisible();
  await page.getByRole('link', { name: 'See it and go live' }).click();

  await page.getByRole('button', { name: 'Go live' }).click();
  await expect(page.getByRole('heading', { name: 'Your site is live' })).toBeVisible();
  expect(await setup()).toMatchObject({ live: true, complete: true });
  expect(await demo.shown()).toBe(before.wouldDisplay);
  await accessible(page);
  await page.getByRole('link', { name: 'Sync status' }).first().click();
  await expect(page.getByRole('heading', { name: 'Set up your site' })).toBeHidden();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Go live' })).toBeHidden();
});

test('somebody who may only look sees no switch', async ({ page }) => {
  await onlyView(page, demo);
  await instead(page, undefined, ({ setup }) => {
    if (setup) Object.assign(setup, { live: false, complete: false, readyToGoLive: true });
  });
  await signIn(page, demo);
  await open(page, demo, '/go-live');
  await expect(page.getByRole('heading', { name: 'Switch the website on' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go live' })).toHaveCount(0);
});
