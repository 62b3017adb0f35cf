import { Demo, expect, signIn, test } from './demo';

const demo = new Demo();
test.beforeAll(() => demo.start());
test.afterAll(() => demo.stop());

// The API can be tried in a browser by whoever signed in with the demo's link.
test('the explorer runs queries and streams for who is signed in', async ({ page }) => {
  await page.goto(`${demo.url}/explorer/`);
  await expect(page.getByRole('heading', { name: 'You are not signed in' })).toBeVisible();
  await signIn(page, demo);

  const reports: string[] = [];
  page.on('console', (m) => {
    if (m.type() === 'error') reports.push(m.text());
  });
  await page.goto(`${demo.url}/explorer/`);
  const run = page.getByRole('button', { name: /Execute query/ });
  const answer = page.getByRole('region', { name: /Result/ });
  // The editor takes a moment to know an operation that it has just been given; a person would press again too.
  const answers = (text: string) =>
    expect(async () => {
      if (await run.isVisible()) await run.click();
      await expect(answer).toContainText(text, { timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
  await answers('demo-manage');
  await page.getByRole('tab', { name: 'SyncStatus' }).click();
  await answers('"syncStatus');
  await page.getByRole('button', { name: /Stop query/ }).click();

  // The schema is there to read.
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await expect(page.getByRole('link', { name: 'Mutation' })).toBeVisible();
  expect(reports).toEqual([]);
});
